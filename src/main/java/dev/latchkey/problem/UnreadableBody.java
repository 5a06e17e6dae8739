package dev.latchkey.problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.value.Echo;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Texts;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Says which field of a body could not be read, or where it stops being JSON, without
 * repeating what stood there.
 */
record UnreadableBody(ProblemCode code, String detail, List<FieldFault> errors) {

	/** Longer than any field of ours. */
	private static final int MAX_PATH = 32;

	/** What is wrong with all fields, where each can be read by itself. */
	static UnreadableBody of(@Nullable Throwable cause, FieldByField body) {
		UnreadableBody first = of(cause);
		if (first.errors.isEmpty()) {
			return first;
		}
		JacksonException broken = body.broken().orElse(null);
		if (broken != null) {
			return (first.code == ProblemCode.MALFORMED_REQUEST) ? first : of(broken);
		}
		List<UnreadableBody> all = new ArrayList<>();
		if (!first.hidesItsField()) {
			all.add(first);
		}
		for (FieldByField.Unread unread : body.unread()) {
			UnreadableBody other = of(unread, body);
			if (!other.errors.isEmpty() && all.stream().noneMatch(other::saysTheSameAs)) {
				all.add(other);
			}
		}
		if (all.isEmpty()) {
			return first;
		}
		List<UnreadableBody> malformed = all.stream()
			.filter((one) -> one.code == ProblemCode.MALFORMED_REQUEST)
			.toList();
		if (!malformed.isEmpty()) {
			return new UnreadableBody(ProblemCode.MALFORMED_REQUEST,
					malformed.stream().map(UnreadableBody::detail).collect(Collectors.joining(" ")),
					malformed.stream().flatMap((one) -> one.errors.stream()).toList());
		}
		List<FieldFault> faults = all.stream().flatMap((one) -> one.errors.stream()).toList();
		Set<String> unread = faults.stream()
			.map((fault) -> fault.field().split("[.\\[]", 2)[0])
			.collect(Collectors.toSet());
		return new UnreadableBody(ProblemCode.VALIDATION_FAILED, Problems.INVALID_FIELDS,
				Stream.concat(faults.stream(), body.notAcceptable(unread).stream()).toList());
	}

	private static UnreadableBody of(FieldByField.Unread unread, FieldByField body) {
		TokenStreamLocation place = path(unread.failure()).contains(Echo.HIDDEN) ? body.place(unread).orElse(null)
				: null;
		return said(unread.failure(), place).at(unread.entry());
	}

	/** Of what is hidden, several are told apart by their places. */
	private boolean saysTheSameAs(UnreadableBody other) {
		return equals(other) || (!hidesItsField() && this.errors.get(0).field().equals(other.errors.get(0).field()));
	}

	private boolean hidesItsField() {
		return this.errors.get(0).field().contains(Echo.HIDDEN);
	}

	/** Says at which place of its list an entry stands that was read alone. */
	private UnreadableBody at(int entry) {
		return new UnreadableBody(this.code, this.detail.replaceFirst("\\[0]", "[%d]".formatted(entry)),
				this.errors.stream()
					.map((fault) -> new FieldFault(fault.field().replaceFirst("\\[0]", "[%d]".formatted(entry)),
							fault.message()))
					.toList());
	}

	static UnreadableBody of(@Nullable Throwable cause) {
		return said(cause, null);
	}

	/**
	 * Says what could not be read.
	 * @param known where it stands, if the failure does not know that itself
	 */
	private static UnreadableBody said(@Nullable Throwable cause, @Nullable TokenStreamLocation known) {
		if (cause instanceof JacksonException failure && invalid(failure) instanceof InvalidValueException value) {
			return value.isMalformed() ? field(path(failure), value.rule()) : refused(path(failure), value.rule());
		}
		if (cause instanceof UnrecognizedPropertyException unknown) {
			String path = path(unknown);
			TokenStreamLocation place = (known != null) ? known : unknown.getLocation();
			return field(path, "is not a field of this request" + (path.contains(Echo.HIDDEN) ? place(place) : ""));
		}
		if (cause instanceof InvalidFormatException choice && choice.getTargetType().isEnum()
				&& choice.getValue() instanceof String) {
			return choice(path(choice), choice.getTargetType());
		}
		if (cause instanceof StreamReadException duplicate && duplicate.processor() != null
				&& duplicate.getOriginalMessage().startsWith("Duplicate")) {
			return field(Echo.of(String.valueOf(duplicate.processor().currentName())), "is given twice");
		}
		if (cause instanceof JacksonException number && !path(number).isEmpty() && isTooLarge(number)) {
			return refused(path(number), "must be a whole number of at most %d".formatted(Integer.MAX_VALUE));
		}
		if (cause instanceof MismatchedInputException mismatch && !path(mismatch).isEmpty()) {
			return field(path(mismatch), "has the wrong type or form" + wanted(mismatch.getTargetType()));
		}
		if (cause instanceof JacksonException syntax && !path(syntax).isEmpty()) {
			return field(path(syntax), "cannot be read" + place(syntax));
		}
		return new UnreadableBody(ProblemCode.MALFORMED_REQUEST, whole(cause), List.of());
	}

	/** What belongs there, where one word of JSON says it. */
	private static String wanted(@Nullable Class<?> type) {
		if (type == String.class) {
			return ": text in quotes is wanted";
		}
		if (type == Boolean.class || type == boolean.class) {
			return ": true or false is wanted";
		}
		if (type == Integer.class || type == int.class) {
			return ": a whole number is wanted";
		}
		return (type != null && Collection.class.isAssignableFrom(type)) ? ": a list is wanted" : "";
	}

	/** What is wrong where no field is. */
	private static String whole(@Nullable Throwable cause) {
		if (cause == null) {
			return "There is no body.";
		}
		if (cause instanceof StreamReadException syntax) {
			return "The body is not JSON%s.".formatted(place(syntax));
		}
		if (cause instanceof MismatchedInputException mismatch) {
			if (mismatch.getOriginalMessage().startsWith("No content")) {
				return "There is nothing but blanks in the body.";
			}
			return mismatch.getOriginalMessage().startsWith("Trailing token")
					? "The body goes on after its JSON%s.".formatted(place(mismatch))
					: "The body is JSON of another type than the route takes%s.".formatted(place(mismatch));
		}
		return "The body is not the JSON that this route takes.";
	}

	private static String place(JacksonException failure) {
		String place = place(failure.getLocation());
		return (failure instanceof UnexpectedEndOfInputException && !place.isEmpty()) ? place + ", where it is cut off"
				: place;
	}

	/**
	 * Where it is, counted from 1; nothing where that is not known. Columns are of bytes:
	 * beside text that is not ASCII an editor counts fewer.
	 */
	private static String place(@Nullable TokenStreamLocation place) {
		if (place == null || place.getLineNr() < 1 || place.getColumnNr() < 1) {
			return "";
		}
		return " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
	}

	/** A number that is none of ours is no matter of form either. */
	private static boolean isTooLarge(JacksonException failure) {
		return failure instanceof InputCoercionException || (failure instanceof InvalidFormatException format
				&& format.getValue() instanceof Number number && Math.abs(number.doubleValue()) > Integer.MAX_VALUE);
	}

	private static UnreadableBody field(String path, String message) {
		return new UnreadableBody(ProblemCode.MALFORMED_REQUEST, "The field '%s' %s.".formatted(path, message),
				List.of(new FieldFault(path, message)));
	}

	/** A name that is none of ours is no matter of form: the body can be read. */
	private static UnreadableBody choice(String path, Class<?> type) {
		return refused(path, "must be one of " + Arrays.toString(type.getEnumConstants()));
	}

	private static UnreadableBody refused(String path, String message) {
		return new UnreadableBody(ProblemCode.VALIDATION_FAILED, Problems.INVALID_FIELDS,
				List.of(new FieldFault(path, message)));
	}

	/** What a value's own parser said, beneath what was made of it on the way. */
	private static @Nullable Throwable invalid(JacksonException failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof InvalidValueException)) {
			cause = cause.getCause();
		}
		return cause;
	}

	/**
	 * The names of fields come from our own records, or are what the client has in the
	 * place of one.
	 */
	private static String path(JacksonException failure) {
		String path = failure.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? Echo.of(step.getPropertyName())
					: "[" + step.getIndex() + "]")
			.collect(Collectors.joining("."));
		return Texts.shortened(path.replace(".[", "["), MAX_PATH);
	}

}
