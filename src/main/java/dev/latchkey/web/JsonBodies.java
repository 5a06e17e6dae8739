package dev.latchkey.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.latchkey.problem.FieldByField;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.Texts;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Looks at every JSON body before it is read: it is UTF-8 whatever the {@code charset}
 * says (RFC 8259 sections 8.1 and 11), its texts are whole and hold no token, and where
 * it changes something, null is no value. Null in the place of the whole is no body, not
 * even where one may be left out. The limit for bodies holds for what is kept here.
 */
@RestControllerAdvice
class JsonBodies extends RequestBodyAdviceAdapter {

	/** As the reader takes it, which passes over a mark of the order of bytes. */
	private static final Pattern NULL = Pattern.compile("\uFEFF?[ \\t\\r\\n]*null[ \\t\\r\\n]*");

	private final JsonTexts texts;

	private final JsonChanges changes;

	private final JsonMapper json;

	private final List<BodyRules<?>> rules;

	@Autowired
	JsonBodies(JsonMapper json, ObjectProvider<BodyRules<?>> rules) {
		this(json, rules.stream().toList());
	}

	JsonBodies(JsonMapper json, List<BodyRules<?>> rules) {
		this.json = json;
		this.rules = rules;
		this.texts = new JsonTexts(json);
		this.changes = new JsonChanges(json);
	}

	@Override
	public boolean supports(MethodParameter parameter, Type type,
			Class<? extends HttpMessageConverter<?>> converterType) {
		return JacksonJsonHttpMessageConverter.class.isAssignableFrom(converterType);
	}

	@Override
	public HttpInputMessage beforeBodyRead(HttpInputMessage given, MethodParameter parameter, Type type,
			Class<? extends HttpMessageConverter<?>> converterType) throws IOException {
		try {
			byte[] body = given.getBody().readAllBytes();
			// Only as an escape does JSON have the character; UTF-16 is full of it.
			String text = Texts.decode(body)
				.filter((decoded) -> decoded.indexOf('\0') < 0)
				.orElseThrow(() -> malformed("The body is not UTF-8.", List.of()));
			if (NULL.matcher(text).matches()) {
				throw malformed("The body is null, where an object is meant.", List.of());
			}
			this.texts.findBroken(text).ifPresent((field) -> {
				String rule = "has half of a surrogate pair, which is no character";
				throw malformed("The field '%s' %s.".formatted(field, rule), List.of(new FieldFault(field, rule)));
			});
			this.texts.findToken(text, parameter.getParameterType()).ifPresent((field) -> {
				throw ProblemException.invalid(field, TokensInParameters.RULE);
			});
			this.texts.findListOfLists(text).ifPresent((field) -> {
				String rule = "has the wrong type or form";
				throw malformed("The field '%s' %s.".formatted(field, rule), List.of(new FieldFault(field, rule)));
			});
			if (parameter.hasMethodAnnotation(PatchMapping.class)) {
				text = this.changes.withoutNulls(text, parameter.getParameterType(),
						given.getHeaders().getContentType());
			}
			JsonFields fields = new JsonFields(this.json, text, parameter.getParameterType(), this.rules);
			return new ReadBody(text, withoutCharset(given.getHeaders()), fields);
		}
		catch (ProblemException ex) {
			throw new HttpMessageNotReadableException("The body is refused", ex, given);
		}
	}

	private static ProblemException malformed(String detail, List<FieldFault> faults) {
		return new ProblemException(ProblemCode.MALFORMED_REQUEST, detail, faults);
	}

	private static HttpHeaders withoutCharset(HttpHeaders given) {
		HttpHeaders headers = new HttpHeaders();
		headers.putAll(given);
		headers.setContentType(MediaType.APPLICATION_JSON);
		return headers;
	}

	/** A body that was read before. */
	private record ReadBody(String text, HttpHeaders headers,
			JsonFields fields) implements HttpInputMessage, FieldByField {

		@Override
		public InputStream getBody() {
			return new ByteArrayInputStream(this.text.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

		@Override
		public Optional<JacksonException> broken() {
			return this.fields.broken();
		}

		@Override
		public List<Unread> unread() {
			return this.fields.unread();
		}

		@Override
		public Optional<TokenStreamLocation> place(Unread unknown) {
			return this.fields.place(unknown);
		}

		@Override
		public List<FieldFault> notAcceptable(Set<String> unread) {
			return this.fields.notAcceptable(unread);
		}

	}

}
