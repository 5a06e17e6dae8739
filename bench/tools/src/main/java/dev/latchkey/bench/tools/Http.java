package dev.latchkey.bench.tools;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection that costs next to nothing, for one thread. What it
 * answers is the status and the body; after a failure the next call connects anew.
 */
final class Http implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 20_000;

	private final int port;

	private Socket socket;

	private InputStream in;

	Http(int port) {
		this.port = port;
	}

	int get(String path, String token) throws IOException {
		return send("GET", path, token, null).status();
	}

	/**
	 * Sends a request; further headers are whole lines.
	 */
	Answer send(String method, String path, String token, String json, String... headers) throws IOException {
		try {
			return exchange(method, path, token, json, headers);
		}
		catch (IOException ex) {
			close();
			throw ex;
		}
	}

	private Answer exchange(String method, String path, String token, String json, String... headers)
			throws IOException {
		if (this.socket == null) {
			this.socket = new Socket();
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout(TIMEOUT_MILLIS);
			this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), TIMEOUT_MILLIS);
			this.in = new BufferedInputStream(this.socket.getInputStream());
		}
		StringBuilder request = new StringBuilder(256).append(method)
			.append(' ')
			.append(path)
			.append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
		if (token != null) {
			request.append("Authorization: Bearer ").append(token).append("\r\n");
		}
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		byte[] body = (json != null) ? json.getBytes(StandardCharsets.UTF_8) : new byte[0];
		if (json != null) {
			request.append("Content-Type: application/json\r\n");
		}
		request.append("Content-Length: ").append(body.length).append("\r\n\r\n");
		if (json != null) {
			request.append(json);
		}
		this.socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
		return read();
	}

	private Answer read() throws IOException {
		int status = Integer.parseInt(line().split(" ")[1]);
		int length = 0;
		boolean chunked = false;
		boolean last = false;
		for (String header = line(); !header.isEmpty(); header = line()) {
			String lower = header.toLowerCase(Locale.ROOT);
			if (lower.startsWith("content-length:")) {
				length = Integer.parseInt(lower.substring(15).trim());
			}
			chunked |= lower.startsWith("transfer-encoding:");
			last |= lower.equals("connection: close");
		}
		StringBuilder body = new StringBuilder();
		if (chunked) {
			for (int size = chunkSize(); size > 0; size = chunkSize()) {
				body.append(text(size));
				line();
			}
			line();
		}
		else {
			body.append(text(length));
		}
		if (last) {
			close();
		}
		return new Answer(status, body.toString());
	}

	private int chunkSize() throws IOException {
		return Integer.parseInt(line().trim(), 16);
	}

	private String text(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException();
		}
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder(64);
		for (int c = this.in.read(); c != '\n'; c = this.in.read()) {
			if (c < 0) {
				throw new EOFException();
			}
			if (c != '\r') {
				line.append((char) c);
			}
		}
		return line.toString();
	}

	@Override
	public void close() throws IOException {
		if (this.socket != null) {
			this.socket.close();
			this.socket = null;
		}
	}

	record Answer(int status, String body) {
	}

}
