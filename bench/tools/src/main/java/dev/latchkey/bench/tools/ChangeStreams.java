package dev.latchkey.bench.tools;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Row 14: opens many streams of changes at one node, with one thread for all of them.
 * Prints what the node's process costs while they are quiet, in percent of a core, and
 * how long after the answer to a revocation the last of them had heard of it.
 */
final class ChangeStreams {

	private static final byte[] MARK = "event: mark".getBytes(StandardCharsets.US_ASCII);

	private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(5);

	private final int port;

	private final byte[] request;

	private final Selector selector;

	private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

	private long bytes;

	/** Which have heard a mark since the last call of {@link #forget}. */
	private int heard;

	private int ended;

	private int reopened;

	private long openedAt = System.nanoTime();

	private ChangeStreams(int port, String token) throws IOException {
		this.port = port;
		this.request = ("GET /changes HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token + "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
		this.selector = Selector.open();
	}

	static void run(Arguments arguments) throws Exception {
		int count = arguments.number("streams", 1000);
		int port = arguments.number("port", 8080);
		int seconds = arguments.number("seconds", 30);
		long process = arguments.number("process", 0);
		String key = Files.readString(arguments.path("token-file")).trim();
		List<String> tokens = Files.readAllLines(arguments.path("tokens"));
		ChangeStreams streams = new ChangeStreams(port, key);
		for (int i = 0; i < count; i++) {
			streams.open();
		}
		streams.read(TimeUnit.SECONDS.toNanos(20));
		long before = ticks(process);
		long begun = System.nanoTime();
		streams.bytes = 0;
		streams.read(TimeUnit.SECONDS.toNanos(seconds));
		double ticks = ticks(process) - before;
		double passed = (System.nanoTime() - begun) / 1e9;
		System.out.printf("quiet\t%d\t%.1f\t%d%n", count, 100 * ticks / arguments.number("tick", 100) / passed,
				streams.bytes);
		int trials = arguments.number("trials", 20);
		double[] last = new double[trials];
		for (int i = 0; i < trials; i++) {
			last[i] = streams.trial(port, tokens.get(i), count);
			streams.read(TimeUnit.SECONDS.toNanos(1));
		}
		Arrays.sort(last);
		System.out.printf("heard\t%d\t%.1f\t%.1f%n", trials, last[trials / 2], last[trials - 1]);
		System.err.println("  streams opened again: " + streams.reopened);
	}

	private void open() throws IOException {
		SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
		channel.write(ByteBuffer.wrap(this.request));
		channel.configureBlocking(false);
		channel.register(this.selector, SelectionKey.OP_READ, new boolean[1]);
	}

	/**
	 * By possession, as anybody may. In milliseconds; what is not heard within ten
	 * seconds is not.
	 */
	private double trial(int port, String token, int count) throws Exception {
		forget();
		try (Http http = new Http(port)) {
			http.send("POST", "/api/tokens/revoke", null, "{\"tokens\":[\"" + token + "\"]}");
		}
		long answered = System.nanoTime();
		long deadline = answered + TimeUnit.SECONDS.toNanos(10);
		while (this.heard < count && System.nanoTime() - deadline < 0) {
			read(TimeUnit.MILLISECONDS.toNanos(1));
		}
		if (this.heard < count) {
			throw new IllegalStateException(this.heard + " of " + count + " streams have heard of it");
		}
		return Math.max(0, (System.nanoTime() - answered) / 1e6);
	}

	private void forget() {
		this.heard = 0;
		this.selector.keys().forEach((key) -> ((boolean[]) key.attachment())[0] = false);
	}

	private void read(long nanos) throws IOException {
		long end = System.nanoTime() + nanos;
		for (long left = nanos; left > 0; left = end - System.nanoTime()) {
			long wait = (this.ended > 0) ? Math.min(left, BETWEEN) : left;
			this.selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait)));
			for (SelectionKey key : this.selector.selectedKeys()) {
				read(key);
			}
			this.selector.selectedKeys().clear();
			openAgain();
		}
	}

	/** As a service does whose stream has ended, one after the other. */
	private void openAgain() throws IOException {
		if (this.ended > 0 && System.nanoTime() - this.openedAt > BETWEEN) {
			this.openedAt = System.nanoTime();
			this.ended--;
			this.reopened++;
			open();
		}
	}

	private void read(SelectionKey key) throws IOException {
		this.buffer.clear();
		int n = ((SocketChannel) key.channel()).read(this.buffer);
		if (n < 0) {
			key.channel().close();
			this.ended++;
			return;
		}
		this.bytes += n;
		boolean[] has = (boolean[]) key.attachment();
		if (!has[0] && hasMark(n)) {
			has[0] = true;
			this.heard++;
		}
	}

	private boolean hasMark(int length) {
		for (int i = 0; i <= length - MARK.length; i++) {
			if (Arrays.equals(this.buffer.array(), i, i + MARK.length, MARK, 0, MARK.length)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * User and system time; the name may hold blanks, so count from its closing
	 * parenthesis.
	 */
	private static long ticks(long process) throws IOException {
		String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
	}

}
