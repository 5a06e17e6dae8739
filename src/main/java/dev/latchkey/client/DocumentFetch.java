package dev.latchkey.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import dev.latchkey.net.OutsideAddresses;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the document of a client: by TLS, from the address that was looked at and no
 * other, without following anybody elsewhere, no more than 5 KB and no longer than 5
 * seconds. Java's own client would look the name up again by itself. What lies within is
 * refused in the same words as what is not there, so that nobody finds out by this server
 * what there is beside it.
 */
class DocumentFetch {

	private static final int MAX_BODY = 5 * 1024;

	private static final int MAX_HEAD = 8 * 1024;

	private static final int MAX_SECONDS = 5;

	private static final int CONNECT_MILLIS = 1500;

	/** Of a name with many addresses so many are tried. */
	private static final int MAX_PLACES = 2;

	private static final int OK = 200;

	private static final int SERVER_ERROR = 500;

	private static final String NOT_THERE = "There is no server at the address of the client's document that this server asks.";

	private final ClientDocumentProperties properties;

	DocumentFetch(ClientDocumentProperties properties) {
		this.properties = properties;
	}

	/**
	 * Returns the document.
	 * @throws DocumentRefusedException if there is none, or its server does not answer
	 */
	Fetched fetch(DocumentAddress address) {
		List<InetAddress> places = places(address);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
		for (InetAddress place : places) {
			try (Socket plain = new Socket()) {
				closeAt(end, plain);
				plain.connect(new InetSocketAddress(place, address.port()), CONNECT_MILLIS);
				return fetch(address, plain);
			}
			catch (IOException | NoSuchAlgorithmException ex) {
				// The next of its addresses may answer.
			}
		}
		throw DocumentRefusedException.undecided("The server of the client's document does not answer now.");
	}

	private static Fetched fetch(DocumentAddress address, Socket plain) throws IOException, NoSuchAlgorithmException {
		plain.setSoTimeout(MAX_SECONDS * 1000);
		try (SSLSocket socket = secured(plain, address)) {
			socket.getOutputStream().write(request(address));
			return read(new BufferedInputStream(socket.getInputStream()));
		}
	}

	private List<InetAddress> places(DocumentAddress address) {
		try {
			if (this.properties.allows(address)) {
				return OutsideAddresses.all(address.hostName()).stream().limit(MAX_PLACES).toList();
			}
			List<InetAddress> places = address.isLiteral() ? List.of() : OutsideAddresses.of(address.hostName());
			if (!places.isEmpty()) {
				return places.stream().limit(MAX_PLACES).toList();
			}
		}
		catch (UnknownHostException ex) {
			// As if it was within.
		}
		throw DocumentRefusedException.of(NOT_THERE);
	}

	private static SSLSocket secured(Socket plain, DocumentAddress address)
			throws IOException, NoSuchAlgorithmException {
		SSLSocket socket = (SSLSocket) SSLContext.getDefault()
			.getSocketFactory()
			.createSocket(plain, address.hostName(), address.port(), true);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		socket.setSSLParameters(parameters);
		socket.startHandshake();
		return socket;
	}

	private static byte[] request(DocumentAddress address) {
		return """
				GET %s HTTP/1.1\r
				Host: %s\r
				Accept: application/json\r
				Accept-Encoding: identity\r
				User-Agent: Latchkey\r
				Connection: close\r
				\r
				""".formatted(address.target(), address.authority()).getBytes(StandardCharsets.US_ASCII);
	}

	private static Fetched read(InputStream in) throws IOException {
		List<String> head = head(in);
		String[] first = (head.isEmpty() ? "" : head.get(0)).split(" ", 3);
		if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-5][0-9][0-9]")) {
			throw new IOException("No answer of HTTP");
		}
		int status = Integer.parseInt(first[1]);
		if (status >= SERVER_ERROR) {
			throw new IOException("Status " + status);
		}
		if (status != OK) {
			throw DocumentRefusedException.of("The server of the client's document answers %d.".formatted(status));
		}
		Map<String, String> headers = new HashMap<>();
		for (String line : head.subList(1, head.size())) {
			int colon = line.indexOf(':');
			if (colon > 0) {
				headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
			}
		}
		return new Fetched(body(in, headers), headers.getOrDefault("content-type", ""),
				headers.getOrDefault("cache-control", ""));
	}

	private static List<String> head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
			if (head.length() > MAX_HEAD) {
				throw DocumentRefusedException.of("The answer with the client's document has too many headers.");
			}
			head.append((char) next(in));
		}
		return head.toString().lines().filter((line) -> !line.isEmpty()).toList();
	}

	private static String body(InputStream in, Map<String, String> headers) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		@Nullable String length = headers.get("content-length");
		if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
			for (int size = chunk(in); size > 0; size = chunk(in)) {
				copy(in, body, size);
				next(in);
				next(in);
			}
		}
		else if (length != null) {
			copy(in, body, number(length, 10));
		}
		else {
			for (int b = in.read(); b >= 0; b = in.read()) {
				add(body, b);
			}
		}
		return body.toString(StandardCharsets.UTF_8);
	}

	private static int chunk(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int b = next(in); b != '\n'; b = next(in)) {
			line.append((char) b);
			if (line.length() > 100) {
				throw new IOException("No chunk");
			}
		}
		return number(line.toString().replaceFirst(";.*", "").strip(), 16);
	}

	private static int number(String text, int radix) throws IOException {
		try {
			return Math.max(0, Integer.parseInt(text, radix));
		}
		catch (NumberFormatException ex) {
			throw new IOException("No length", ex);
		}
	}

	private static void copy(InputStream in, ByteArrayOutputStream body, int size) throws IOException {
		for (int i = 0; i < size; i++) {
			add(body, next(in));
		}
	}

	private static void add(ByteArrayOutputStream body, int b) {
		if (body.size() >= MAX_BODY) {
			throw DocumentRefusedException.of("The client's document is longer than %d bytes.".formatted(MAX_BODY));
		}
		body.write(b);
	}

	private static int next(InputStream in) throws IOException {
		int b = in.read();
		if (b < 0) {
			throw new IOException("The answer breaks off");
		}
		return b;
	}

	private static void closeAt(long end, Socket socket) {
		CompletableFuture.delayedExecutor(end - System.nanoTime(), TimeUnit.NANOSECONDS).execute(() -> close(socket));
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is closed already.
		}
	}

	/**
	 * A document as it came.
	 *
	 * @param body its text
	 * @param type what its server says that it is
	 * @param caching how long its server says that it may be kept
	 */
	record Fetched(String body, String type, String caching) {

	}

}
