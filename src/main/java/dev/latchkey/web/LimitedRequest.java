package dev.latchkey.web;

import java.io.IOException;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * Counts what is read of a body whose length was not announced, and ends the reading
 * where it is larger than allowed.
 */
class LimitedRequest extends HttpServletRequestWrapper {

	private final long limit;

	LimitedRequest(HttpServletRequest request, long limit) {
		super(request);
		this.limit = limit;
	}

	/** Says so to whoever sent it, with what he may send. */
	static String tooLarge(long limit) {
		return "The body is larger than the %d bytes that are read here.".formatted(limit);
	}

	@Override
	public ServletInputStream getInputStream() throws IOException {
		return new Limited(super.getInputStream(), this.limit);
	}

	private static final class Limited extends ServletInputStream {

		private final ServletInputStream source;

		private final long limit;

		private long left;

		private Limited(ServletInputStream source, long limit) {
			this.source = source;
			this.limit = limit;
			this.left = limit;
		}

		@Override
		public int read() throws IOException {
			int read = this.source.read();
			count((read < 0) ? 0 : 1);
			return read;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			int read = this.source.read(buffer, offset, length);
			count(Math.max(read, 0));
			return read;
		}

		private void count(int read) throws IOException {
			this.left -= read;
			if (this.left < 0) {
				throw new IOException(new ProblemException(ProblemCode.PAYLOAD_TOO_LARGE, tooLarge(this.limit)));
			}
		}

		@Override
		public boolean isFinished() {
			return this.source.isFinished();
		}

		@Override
		public boolean isReady() {
			return this.source.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			this.source.setReadListener(listener);
		}

	}

}
