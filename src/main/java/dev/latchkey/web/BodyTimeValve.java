package dev.latchkey.web;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

import org.springframework.http.HttpHeaders;

/**
 * Ends a body that takes too long as a whole. The container's own timeout begins anew
 * with each byte, so that a client which sends one every few seconds would hold a thread
 * for hours. This is where all read from: filters, handlers, the container itself where
 * it takes a form apart, and where it reads what nobody asked for.
 */
class BodyTimeValve extends ValveBase {

	/** How long a small body may take. */
	static final Duration PATIENCE = Duration.ofSeconds(30);

	/** What is larger may take longer, if it comes at least as fast as this. */
	private static final long BYTES_A_SECOND = 64 * 1024;

	/** What nobody asked for is read so far, for the sake of the connection. */
	private static final long MOST_UNASKED = 2 * 1024 * 1024;

	private final Duration patience;

	BodyTimeValve(Duration patience) {
		super(true);
		this.patience = patience;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		org.apache.coyote.Request body = request.getCoyoteRequest();
		if (!hasBody(body)) {
			getNext().invoke(request, response);
			return;
		}
		InputBuffer source = body.getInputBuffer();
		body.setInputBuffer(new Timed(source, System.nanoTime() + this.patience.toNanos()));
		try {
			getNext().invoke(request, response);
			if (!request.isAsync()) {
				readOn(body, response);
			}
		}
		finally {
			body.setInputBuffer(source);
		}
	}

	private static boolean hasBody(org.apache.coyote.Request request) {
		try {
			long length = request.getContentLengthLong();
			return length > 0 || (length < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null);
		}
		catch (IllegalArgumentException ex) {
			// No number, or two of them: the container has refused it, and closes the
			// connection.
			return false;
		}
	}

	/** After the answer; the connection is given up where it takes too long. */
	private static void readOn(org.apache.coyote.Request body, Response response) throws IOException {
		AtomicBoolean read = new AtomicBoolean();
		body.action(ActionCode.REQUEST_BODY_FULLY_READ, read);
		if (read.get()) {
			return;
		}
		response.finishResponse();
		if (body.hasExpectation() || !isReadToItsEnd(body)) {
			body.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
		}
	}

	private static boolean isReadToItsEnd(org.apache.coyote.Request body) {
		Unasked unasked = new Unasked();
		try {
			for (long all = 0; all <= MOST_UNASKED; all += unasked.length()) {
				if (body.doRead(unasked) < 0) {
					return true;
				}
			}
		}
		catch (IOException ex) {
			// The client is gone, or too slow.
		}
		return false;
	}

	private static final class Timed implements InputBuffer {

		private final InputBuffer source;

		private long deadline;

		private Timed(InputBuffer source, long deadline) {
			this.source = source;
			this.deadline = deadline;
		}

		/** A read waits for no longer than the container's own timeout. */
		@Override
		public int doRead(ApplicationBufferHandler handler) throws IOException {
			if (System.nanoTime() - this.deadline > 0) {
				throw new SocketTimeoutException("The body took too long");
			}
			int read = this.source.doRead(handler);
			this.deadline += Math.max(read, 0) * TimeUnit.SECONDS.toNanos(1) / BYTES_A_SECOND;
			return read;
		}

		@Override
		public int available() {
			return this.source.available();
		}

	}

	private static final class Unasked implements ApplicationBufferHandler {

		private ByteBuffer buffer = ByteBuffer.allocate(0);

		private int length() {
			return this.buffer.remaining();
		}

		@Override
		public void setByteBuffer(ByteBuffer buffer) {
			this.buffer = buffer;
		}

		@Override
		public ByteBuffer getByteBuffer() {
			return this.buffer;
		}

		@Override
		public void expand(int size) {
			// Whoever reads brings a buffer.
		}

	}

}
