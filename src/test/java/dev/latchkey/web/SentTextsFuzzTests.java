package dev.latchkey.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.testing.Inputs;
import dev.latchkey.value.TokenForm;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever stands in a query, a form or a document, it is looked through without a
 * stumble.
 */
class SentTextsFuzzTests {

	private static final String TOKEN = "lkp_1NN6LnbNPGpYZFu3WPFVmDzO7iBFOqhMnRxvVdAjUhC"
			+ TokenForm.checksum("lkp_1NN6LnbNPGpYZFu3WPFVmDzO7iBFOqhMnRxvVdAjUhC");

	private static final FormFields FIELDS = FormFields
		.of(Map.of("name", String.class, "scopes", List.class, "enabled", boolean.class));

	private final JsonMapper json = JsonMapper.builder().build();

	private final JsonTexts texts = new JsonTexts(this.json);

	@FuzzTest(maxDuration = "1m")
	void aTextIsLookedThrough(byte[] input) {
		String text = Inputs.text(input);
		Map<String, Integer> query = QueryString.count(text);
		assertThat(query.values()).allMatch((count) -> count > 0);
		Map<String, String[]> form = new LinkedHashMap<>();
		query.forEach((name, count) -> form.put(name, text.split("&", count)));
		if (FIELDS.admit(form)) {
			assertThat(form.keySet()).noneMatch((name) -> name.contains("[") || name.startsWith("!"));
		}
		this.texts.findBroken(text);
		this.texts.findListOfLists(text);
		this.texts.findToken(text, Object.class)
			.ifPresent((path) -> assertThat(path).doesNotContain(TOKEN.substring(4, 30)));
		if (isWhole(text) && text.contains("\"" + TOKEN + "\"") && !text.contains("\"" + TOKEN + "\":")) {
			assertThat(this.texts.findToken(text, Object.class)).isPresent();
		}
	}

	@Test
	void manyTextsAre() {
		Inputs.each(20_000,
				List.of("page=0&size=20&state=active&q=x%20y",
						"name=a&scopes=x&_scopes=on&scopes=y&enabled=true&_csrf=z",
						"{\"name\":\"x\",\"scopes\":[\"orders:read\"],\"expires_in_days\":30}",
						"{\"tokens\":[\"" + TOKEN + "\",\"x\"]}",
						"{\"a\":{\"b\":[{\"c\":\"\\ud83d\\ude00\"},null,1.5e3,true]}}", "[[1],[2,[3]]]", "\"\\ud800\"",
						"{\"\\udc00\":1}"),
				this::aTextIsLookedThrough);
	}

	private boolean isWhole(String text) {
		try {
			return Set.of('{', '[').contains(text.isEmpty() ? ' ' : text.charAt(0)) && this.json.readTree(text) != null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

}
