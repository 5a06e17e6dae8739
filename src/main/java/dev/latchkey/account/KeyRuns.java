package dev.latchkey.account;

import java.util.List;

/**
 * Finds what is typed by running along the alphabet, the digits or the keys: forward and
 * back, along a row or zigzag down the columns, in pieces too.
 */
final class KeyRuns {

	/** Fewer in a row are found in ordinary words. */
	private static final int SHORTEST_PIECE = 3;

	/** The rows from above, each key below and between two of the row before. */
	private static final List<String[]> KEYBOARDS = List.of(
			new String[] { "`1234567890-=", " qwertyuiop[]\\", " asdfghjkl;'", " zxcvbnm,./" },
			new String[] { "^1234567890ß´", " qwertzuiopü+", " asdfghjklöä#", " yxcvbnm,.-" },
			new String[] { "²1234567890°+", " azertyuiop^$", " qsdfghjklmù*", " wxcvbn,;:!" },
			new String[] { "ё1234567890-=", " йцукенгшщзхъ", " фывапролджэ", " ячсмитьбю." },
			new String[] { "789", "456", "123", "0" });

	private static final String SHIFTED = "!@#$%^&*()_+{}:\"<>?|~";

	private static final String PLAIN = "1234567890-=[];',./\\`";

	private KeyRuns() {
	}

	/**
	 * Returns whether the whole text, in lower case, is made of such runs.
	 */
	static boolean isRun(String text) {
		String keys = text.chars()
			.map((key) -> (SHIFTED.indexOf(key) >= 0) ? PLAIN.charAt(SHIFTED.indexOf(key)) : key)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
		return isTyped(keys) || (isTyped(everySecond(keys, 0)) && isTyped(everySecond(keys, 1)));
	}

	private static boolean isTyped(String keys) {
		return KEYBOARDS.stream().anyMatch((rows) -> isMadeOfPieces(keys, rows));
	}

	/** Two runs that take turns. */
	private static String everySecond(String text, int from) {
		StringBuilder taken = new StringBuilder();
		for (int i = from; i < text.length(); i += 2) {
			taken.append(text.charAt(i));
		}
		return taken.toString();
	}

	/** Each piece is a run of neighbours, of the alphabet or on the keyboard. */
	private static boolean isMadeOfPieces(String text, String[] rows) {
		int begin = 0;
		for (int i = 1; i <= text.length(); i++) {
			boolean ends = i == text.length() || !(isStep(text.charAt(i - 1), text.charAt(i))
					|| areNeighbours(rows, text.charAt(i - 1), text.charAt(i)));
			if (ends && i - begin < SHORTEST_PIECE) {
				return false;
			}
			if (ends) {
				begin = i;
			}
		}
		return text.length() >= SHORTEST_PIECE;
	}

	private static boolean isStep(char one, char next) {
		int step = Math.abs(next - one);
		boolean around = (step == 9 && Character.isDigit(one) && Character.isDigit(next))
				|| (step == 25 && Math.min(one, next) == 'a');
		return (step <= 1 && Character.isLetterOrDigit(one)) || around || one == next;
	}

	private static boolean areNeighbours(String[] rows, char one, char next) {
		for (int row = 0; row < rows.length; row++) {
			int column = rows[row].indexOf(one);
			if (column < 0) {
				continue;
			}
			return isAt(rows, row, column - 1, next) || isAt(rows, row, column + 1, next)
					|| isAt(rows, row + 1, column, next) || isAt(rows, row + 1, column - 1, next)
					|| isAt(rows, row - 1, column, next) || isAt(rows, row - 1, column + 1, next);
		}
		return false;
	}

	private static boolean isAt(String[] rows, int row, int column, char key) {
		return row >= 0 && row < rows.length && column >= 0 && column < rows[row].length()
				&& rows[row].charAt(column) == key;
	}

}
