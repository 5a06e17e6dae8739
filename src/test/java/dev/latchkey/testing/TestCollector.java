package dev.latchkey.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Takes traces by OTLP over HTTP, and keeps what it was sent.
 */
public class TestCollector implements AutoCloseable {

	private final List<String> credentials = new CopyOnWriteArrayList<>();

	private final List<byte[]> received = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	TestCollector() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/v1/traces", this::take);
		this.server.start();
	}

	private void take(HttpExchange exchange) throws IOException {
		try (exchange) {
			this.credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Collector-Key")));
			this.received.add(exchange.getRequestBody().readAllBytes());
			exchange.sendResponseHeaders(200, -1);
		}
	}

	/**
	 * Returns all that was sent, byte for byte.
	 */
	public String everything() {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		this.received.forEach(all::writeBytes);
		return all.toString(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Returns by what the sender proved who it is.
	 */
	public List<String> credentials() {
		return this.credentials;
	}

	/**
	 * Returns the spans of a trace.
	 */
	public List<ReceivedSpan> spans(String trace) {
		List<ReceivedSpan> spans = new ArrayList<>();
		for (byte[] request : this.received) {
			each(request, 1,
					(resource) -> each(resource, 2, (scope) -> each(scope, 2, (span) -> spans.add(span(span)))));
		}
		return spans.stream().filter((span) -> span.trace().equals(trace)).toList();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private static ReceivedSpan span(byte[] message) {
		Map<Integer, byte[]> fields = new TreeMap<>();
		Map<String, String> attributes = new TreeMap<>();
		read(message, (number, value) -> {
			fields.put(number, value);
			if (number == 9) {
				Map<Integer, byte[]> attribute = new TreeMap<>();
				read(value, attribute::put);
				read(attribute.get(2), (kind, one) -> attributes.put(text(attribute.get(1)), text(one)));
			}
		});
		return new ReceivedSpan(HexFormat.of().formatHex(fields.get(1)),
				HexFormat.of().formatHex(fields.getOrDefault(4, new byte[0])),
				text(fields.getOrDefault(3, new byte[0])), text(fields.get(5)), attributes, fields.containsKey(11));
	}

	private static String text(byte[] value) {
		return new String(value, StandardCharsets.UTF_8);
	}

	private static void each(byte[] message, int wanted, Consumer<byte[]> found) {
		read(message, (number, value) -> {
			if (number == wanted) {
				found.accept(value);
			}
		});
	}

	/** Goes through the fields of a message; a number is handed on as its digits. */
	private static void read(byte[] message, BiConsumer<Integer, byte[]> found) {
		ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
		while (in.hasRemaining()) {
			long tag = number(in);
			int wireType = (int) (tag & 7);
			byte[] value = switch (wireType) {
				case 0 -> String.valueOf(number(in)).getBytes(StandardCharsets.UTF_8);
				case 1 -> new byte[8];
				case 2 -> new byte[(int) number(in)];
				case 5 -> new byte[4];
				default -> throw new IllegalArgumentException("A field of type " + wireType);
			};
			if (wireType != 0) {
				in.get(value);
			}
			found.accept((int) (tag >> 3), value);
		}
	}

	/** Seven bits a byte, the lowest first. */
	private static long number(ByteBuffer in) {
		long number = 0;
		for (int shift = 0;; shift += 7) {
			byte next = in.get();
			number |= (long) (next & 0x7f) << shift;
			if (next >= 0) {
				return number;
			}
		}
	}

	/**
	 * A span that came.
	 *
	 * @param trace the trace that it is part of
	 * @param parent the span that it lies in, or empty
	 * @param state what came along with the trace
	 * @param name its name
	 * @param attributes what it says
	 * @param hasEvents whether something is told that happened in it
	 */
	public record ReceivedSpan(String trace, String parent, String state, String name, Map<String, String> attributes,
			boolean hasEvents) {

	}

	/**
	 * Starts one for a server under test, and names it as that server's.
	 */
	static class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			TestCollector collector = new TestCollector();
			context.getBeanFactory().registerSingleton("testCollector", collector);
			context.addApplicationListener((event) -> {
				if (event instanceof ContextClosedEvent) {
					collector.close();
				}
			});
			TestPropertyValues
				.of("latchkey.tracing.endpoint=http://127.0.0.1:%d/v1/traces"
					.formatted(collector.server.getAddress().getPort()), "latchkey.tracing.percent=100",
						"latchkey.tracing.headers=x-collector-key=only-for-the-collector")
				.applyTo(context);
		}

	}

}
