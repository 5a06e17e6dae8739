import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Two servers for the examples: a service that answers with the headers it was sent, and a Latchkey that cannot decide.
 * Their ports are the arguments.
 */
public class Upstream {

	public static void main(String[] ports) throws IOException {
		serve(Integer.parseInt(ports[0]), (request) -> {
			StringBuilder seen = new StringBuilder(request.getRequestMethod() + " " + request.getRequestURI() + "\n");
			request.getRequestHeaders()
				.forEach((name, values) -> values.forEach((value) -> seen.append(name.toLowerCase() + ": " + value + "\n")));
			answer(request, 200, seen.toString());
		});
		serve(Integer.parseInt(ports[1]), (request) -> {
			request.getResponseHeaders().set("Retry-After", "5");
			answer(request, 503, "");
		});
	}

	private static void serve(int port, com.sun.net.httpserver.HttpHandler handler) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		server.createContext("/", handler);
		server.start();
	}

	private static void answer(HttpExchange request, int status, String text) throws IOException {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		request.sendResponseHeaders(status, (body.length == 0) ? -1 : body.length);
		request.getResponseBody().write(body);
		request.close();
	}

}
