package dev.latchkey.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Writes {@link JsonLines}, in the memory that one batch takes. What fails before the
 * first batch is there can still be answered as a problem; what fails later breaks the
 * connection off.
 */
class JsonLinesConverter extends AbstractHttpMessageConverter<JsonLines> {

	private final ObjectWriter json;

	JsonLinesConverter(JsonMapper json) {
		super(MediaType.APPLICATION_NDJSON);
		this.json = json.writer().without(SerializationFeature.INDENT_OUTPUT);
	}

	@Override
	protected boolean supports(Class<?> type) {
		return type == JsonLines.class;
	}

	@Override
	public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
		return false;
	}

	@Override
	protected JsonLines readInternal(Class<? extends JsonLines> type, HttpInputMessage input) {
		throw new HttpMessageNotReadableException("Lines are only written", input);
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

	/** The container drops a body that nobody asked for, but only once it is made. */
	static boolean isHead() {
		return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
				&& HttpMethod.HEAD.matches(attributes.getRequest().getMethod());
	}

}
