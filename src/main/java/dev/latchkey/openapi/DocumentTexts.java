package dev.latchkey.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * What people have written about the API: the words that no code says. A feature brings a
 * file of its own, {@code openapi/<name>.yaml}.
 */
@Lazy
@Component
class DocumentTexts {

	private final Map<String, Object> all = new LinkedHashMap<>();

	DocumentTexts() {
		try {
			Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath*:openapi/*.yaml");
			Arrays.sort(files, Comparator.comparing((file) -> String.valueOf(file.getFilename())));
			for (Resource file : files) {
				try (InputStream text = file.getInputStream()) {
					Nodes.merge(this.all, new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What the document is, as a whole. */
	Map<String, Object> info() {
		return Nodes.object(this.all, "info");
	}

	/** The groups of routes, in their order. */
	List<Map<String, Object>> tags() {
		return Nodes.object(this.all, "tags")
			.entrySet()
			.stream()
			.map((tag) -> Nodes.of("name", tag.getKey(), "description", tag.getValue()))
			.toList();
	}

	/** About one route of a controller. */
	Map<String, Object> operation(String method, String path) {
		return Nodes.object(Nodes.object(this.all, "operations"), method + " " + path);
	}

	/** Routes that no controller has, as a document has them. */
	Map<String, Object> endpoints() {
		return Nodes.object(this.all, "endpoints");
	}

	/** About a parameter of this name, in every route that has it. */
	Map<String, Object> parameter(String name) {
		return Nodes.object(Nodes.object(this.all, "parameters"), name);
	}

	/** About a field of this name, in every body that has it. */
	Map<String, Object> field(String name) {
		return Nodes.object(Nodes.object(this.all, "fields"), name);
	}

	/** About the body of this name, and bodies that no controller names. */
	Map<String, Object> schemas() {
		return Nodes.object(this.all, "schemas");
	}

	/** Headers of answers. */
	Map<String, Object> headers() {
		return Nodes.object(this.all, "headers");
	}

	/** What a refusal with this code says. */
	String problem(String code) {
		return String.valueOf(Nodes.object(this.all, "problems").get(code));
	}

}
