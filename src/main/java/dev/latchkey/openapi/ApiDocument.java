package dev.latchkey.openapi;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

import dev.latchkey.net.PublicNames;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * The document about the API, composed when somebody first asks for it and kept as it
 * goes out. It is the same for everybody, and says nothing of the installation but its
 * public address.
 */
@Component
class ApiDocument {

	private final SingletonSupplier<Written> written;

	ApiDocument(ObjectProvider<DocumentComposer> composer, PublicNames names, JsonMapper json) {
		this.written = SingletonSupplier.of((Supplier<Written>) () -> {
			Map<String, Object> document = composer.getObject().compose(names.first().orElse("/"));
			String text = json.writeValueAsString(document);
			return new Written(text, '"' + DigestUtils.md5DigestAsHex(text.getBytes(StandardCharsets.UTF_8)) + '"');
		});
	}

	String json() {
		return this.written.obtain().json();
	}

	String tag() {
		return this.written.obtain().tag();
	}

	private record Written(String json, String tag) {

	}

}
