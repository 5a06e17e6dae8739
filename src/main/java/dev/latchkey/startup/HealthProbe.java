package dev.latchkey.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The image's health check, a program of its own: asks the server on this machine one
 * question, and exits with 0 if the answer is 200. The image has neither a shell's tools
 * nor curl to rely on, and no context is made here, so that it takes a tenth of a second.
 */
public final class HealthProbe {

	private static final int PATIENCE = 2000;

	private HealthProbe() {
	}

	/**
	 * Asks.
	 * @param arguments the path: {@code /livez} where there is none
	 */
	public static void main(String[] arguments) {
		String path = (arguments.length > 0) ? arguments[0] : "/livez";
		System.exit(isGood(port(System.getenv()), path) ? 0 : 1);
	}

	static boolean isGood(int port, String path) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
			socket.setSoTimeout(PATIENCE);
			String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			String status = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
				.readLine();
			return isGood(status);
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean isGood(@Nullable String status) {
		return status != null && status.startsWith("HTTP/1.1 200");
	}

	/** As the server itself is told it, in a container. */
	static int port(Map<String, String> environment) {
		String port = environment.getOrDefault("SERVER_PORT", "");
		return port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 8080;
	}

}
