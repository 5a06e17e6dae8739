package dev.latchkey.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;

/**
 * Writes {@link JsonLines}, in the memory that one batch takes. What fails before the
 * first batch is there can still be answered as a problem; what fails later breaks the
 * connection off.
 */
class JsonLinesConverter extends WrittenConverter<JsonLines> {

	private final ObjectWriter json;

	JsonLinesConverter(JsonMapper json) {
		super(JsonLines.class, MediaType.APPLICATION_NDJSON);
		this.json = json.writer().without(SerializationFeature.INDENT_OUTPUT);
	}

	@Override
	protected void writeInternal(JsonLines lines, HttpOutputMessage output) throws IOException {
		List<?> batch = lines.next().get();
		OutputStream body = output.getBody();
		while (!batch.isEmpty() && !isHead()) {
			for (Object line : batch) {
				body.write(this.json.writeValueAsBytes(line));
				body.write('\n');
			}
			body.flush();
			batch = lines.next().get();
		}
	}

}
