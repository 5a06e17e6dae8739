package dev.latchkey.resourceserver;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes a stream of server-sent events apart, as the bytes come. Fields other than
 * {@code event} and {@code data}, and comments, say nothing here.
 */
final class EventReader {

	/** Far more than the places of 1,024 marks; of one line, and of one event. */
	private static final int LONGEST = 1 << 20;

	private final Listener listener;

	private final ByteArrayOutputStream line = new ByteArrayOutputStream();

	private final StringBuilder data = new StringBuilder();

	private String name = "";

	private boolean afterReturn;

	EventReader(Listener listener) {
		this.listener = listener;
	}

	void read(byte[] bytes) throws UnreadableAnswerException {
		for (byte next : bytes) {
			boolean second = next == '\n' && this.afterReturn;
			this.afterReturn = next == '\r';
			if (second) {
				continue;
			}
			if (next == '\n' || next == '\r') {
				String read = this.line.toString(StandardCharsets.UTF_8);
				this.line.reset();
				endLine(read);
			}
			else if (this.line.size() < LONGEST) {
				this.line.write(next);
			}
			else {
				throw new UnreadableAnswerException("A line without an end");
			}
		}
	}

	private void endLine(String read) throws UnreadableAnswerException {
		if (read.isEmpty()) {
			if (!this.data.isEmpty()) {
				this.listener.hear(this.name, this.data.toString());
			}
			this.name = "";
			this.data.setLength(0);
			return;
		}
		int colon = read.indexOf(':');
		String field = (colon < 0) ? read : read.substring(0, colon);
		String value = (colon < 0) ? "" : read.substring(colon + 1);
		value = value.startsWith(" ") ? value.substring(1) : value;
		if (field.equals("event")) {
			this.name = value;
		}
		else if (field.equals("data")) {
			if (this.data.length() + value.length() >= LONGEST) {
				throw new UnreadableAnswerException("An event without an end");
			}
			this.data.append(this.data.isEmpty() ? "" : "\n").append(value);
		}
	}

	/** Hears one event after another. */
	interface Listener {

		void hear(String name, String data) throws UnreadableAnswerException;

	}

}
