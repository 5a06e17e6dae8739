package dev.latchkey.resourceserver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * One JSON text, read strictly (RFC 8259). Objects are maps, arrays are lists, whole
 * numbers are {@link Long}, other numbers {@link Double}, and {@code null} is null.
 */
final class Json {

	private static final int DEEPEST = 32;

	private final String text;

	private int at;

	private Json(String text) {
		this.text = text;
	}

	/**
	 * Reads an object.
	 * @throws UnreadableAnswerException if that is none
	 */
	static Fields object(String text) throws UnreadableAnswerException {
		Json json = new Json(text);
		json.blanks();
		Object value = json.value(0);
		json.blanks();
		if (json.at != text.length()) {
			throw json.fault();
		}
		if (!(value instanceof Map<?, ?> fields)) {
			throw json.fault();
		}
		return new Fields(fields);
	}

	private @Nullable Object value(int depth) throws UnreadableAnswerException {
		if (depth > DEEPEST) {
			throw fault();
		}
		return switch (peek()) {
			case '{' -> members(depth);
			case '[' -> elements(depth);
			case '"' -> string();
			case 't' -> literal("true", true);
			case 'f' -> literal("false", false);
			case 'n' -> literal("null", null);
			default -> number();
		};
	}

	private Map<String, @Nullable Object> members(int depth) throws UnreadableAnswerException {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		this.at++;
		blanks();
		if (peek() == '}') {
			this.at++;
			return members;
		}
		while (true) {
			blanks();
			if (peek() != '"') {
				throw fault();
			}
			String name = string();
			blanks();
			expect(':');
			blanks();
			members.put(name, value(depth + 1));
			blanks();
			if (peek() == '}') {
				this.at++;
				return members;
			}
			expect(',');
		}
	}

	private List<@Nullable Object> elements(int depth) throws UnreadableAnswerException {
		List<@Nullable Object> elements = new ArrayList<>();
		this.at++;
		blanks();
		if (peek() == ']') {
			this.at++;
			return elements;
		}
		while (true) {
			blanks();
			elements.add(value(depth + 1));
			blanks();
			if (peek() == ']') {
				this.at++;
				return elements;
			}
			expect(',');
		}
	}

	private String string() throws UnreadableAnswerException {
		StringBuilder read = new StringBuilder();
		this.at++;
		while (true) {
			char c = peek();
			this.at++;
			if (c == '"') {
				return read.toString();
			}
			if (c < ' ') {
				throw fault();
			}
			read.append((c == '\\') ? escaped() : c);
		}
	}

	private char escaped() throws UnreadableAnswerException {
		char c = peek();
		this.at++;
		return switch (c) {
			case '"', '\\', '/' -> c;
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'u' -> fourDigits();
			default -> throw fault();
		};
	}

	private char fourDigits() throws UnreadableAnswerException {
		int code = 0;
		for (int i = 0; i < 4; i++) {
			char c = peek();
			int digit = (c < 128) ? Character.digit(c, 16) : -1;
			if (digit < 0) {
				throw fault();
			}
			code = code * 16 + digit;
			this.at++;
		}
		return (char) code;
	}

	private Object number() throws UnreadableAnswerException {
		int start = this.at;
		while (this.at < this.text.length() && "+-.0123456789eE".indexOf(this.text.charAt(this.at)) >= 0) {
			this.at++;
		}
		String number = this.text.substring(start, this.at);
		if (number.matches("-?(0|[1-9][0-9]{0,17})")) {
			return Long.valueOf(number);
		}
		if (number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
			return Double.valueOf(number);
		}
		throw fault();
	}

	private @Nullable Object literal(String word, @Nullable Object meaning) throws UnreadableAnswerException {
		if (!this.text.startsWith(word, this.at)) {
			throw fault();
		}
		this.at += word.length();
		return meaning;
	}

	private void blanks() {
		while (this.at < this.text.length() && " \t\r\n".indexOf(this.text.charAt(this.at)) >= 0) {
			this.at++;
		}
	}

	private void expect(char wanted) throws UnreadableAnswerException {
		if (peek() != wanted) {
			throw fault();
		}
		this.at++;
	}

	private char peek() throws UnreadableAnswerException {
		if (this.at >= this.text.length()) {
			throw fault();
		}
		return this.text.charAt(this.at);
	}

	private UnreadableAnswerException fault() {
		return new UnreadableAnswerException("No JSON object, at character " + this.at);
	}

	/**
	 * The members of an object, by name and kind. What is null is as if left out.
	 */
	static final class Fields {

		private final Map<?, ?> members;

		private Fields(Map<?, ?> members) {
			this.members = members;
		}

		Optional<Boolean> flag(String name) throws UnreadableAnswerException {
			return find(name, Boolean.class);
		}

		boolean requireBoolean(String name) throws UnreadableAnswerException {
			return flag(name).orElseThrow(() -> lacking(name));
		}

		boolean isText(String name, String text) {
			return text.equals(this.members.get(name));
		}

		Optional<String> string(String name) throws UnreadableAnswerException {
			return find(name, String.class);
		}

		String requireString(String name) throws UnreadableAnswerException {
			return string(name).orElseThrow(() -> lacking(name));
		}

		Optional<Long> number(String name) throws UnreadableAnswerException {
			return find(name, Long.class);
		}

		long requireNumber(String name) throws UnreadableAnswerException {
			return number(name).orElseThrow(() -> lacking(name));
		}

		/** Returns the whole numbers of a list, or empty where there is none. */
		Optional<int[]> numbers(String name) throws UnreadableAnswerException {
			Optional<List<?>> list = find(name, List.class).map((found) -> (List<?>) found);
			if (list.isEmpty()) {
				return Optional.empty();
			}
			int[] numbers = new int[list.get().size()];
			for (int i = 0; i < numbers.length; i++) {
				if (!(list.get().get(i) instanceof Long number) || number != number.intValue()) {
					throw lacking(name);
				}
				numbers[i] = number.intValue();
			}
			return Optional.of(numbers);
		}

		/** Returns the strings of a list; one string alone is a list of one. */
		List<String> strings(String name) throws UnreadableAnswerException {
			Object value = this.members.get(name);
			if (value == null) {
				return List.of();
			}
			List<String> strings = new ArrayList<>();
			for (Object element : (value instanceof List<?> list) ? list : List.of(value)) {
				if (!(element instanceof String string)) {
					throw lacking(name);
				}
				strings.add(string);
			}
			return List.copyOf(strings);
		}

		private <T> Optional<T> find(String name, Class<T> kind) throws UnreadableAnswerException {
			Object value = this.members.get(name);
			if (value != null && !kind.isInstance(value)) {
				throw lacking(name);
			}
			return Optional.ofNullable(value).map(kind::cast);
		}

		private static UnreadableAnswerException lacking(String name) {
			return new UnreadableAnswerException("The field %s is missing or of another kind".formatted(name));
		}

	}

}
