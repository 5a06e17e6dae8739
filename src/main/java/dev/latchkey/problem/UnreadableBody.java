package dev.latchkey.problem;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Says which field of a body could not be read, without repeating what stood there.
 */
record UnreadableBody(String detail, List<FieldFault> errors) {

	static UnreadableBody of(@Nullable Throwable cause) {
		if (cause instanceof UnrecognizedPropertyException unknown) {
			return field(path(unknown), "is not a field of this request");
		}
		if (cause instanceof MismatchedInputException mismatch && !path(mismatch).isEmpty()) {
			return field(path(mismatch), "has the wrong type or form");
		}
		if (cause instanceof JacksonException syntax && !path(syntax).isEmpty()) {
			return field(path(syntax), "cannot be read");
		}
		return new UnreadableBody("The body is not the JSON that this route takes.", List.of());
	}

	private static UnreadableBody field(String path, String message) {
		return new UnreadableBody("The field '%s' %s.".formatted(path, message),
				List.of(new FieldFault(path, message)));
	}

	/**
	 * The field names come from our own records, or are the client's own unknown name,
	 * shortened.
	 */
	private static String path(JacksonException failure) {
		String path = failure.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? step.getPropertyName() : "[" + step.getIndex() + "]")
			.collect(Collectors.joining("."))
			.replace(".[", "[");
		return (path.length() <= 64) ? path : path.substring(0, 64);
	}

}
