package dev.latchkey.persistence;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import javax.net.SocketFactory;

import org.jspecify.annotations.Nullable;

/**
 * Makes the sockets of the database's driver, which finds this class by its name in
 * {@code spring.datasource.hikari.data-source-properties.socketFactory}. They note what
 * {@link SilenceWatch} asks for: who waits for an answer, and whether a server has said
 * anything to anybody. What is encrypted goes through them, too.
 */
public class DatabaseSockets extends SocketFactory {

	private static final Map<String, Server> SERVERS = new ConcurrentHashMap<>();

	private final @Nullable String name;

	private final boolean listening;

	/**
	 * Called by the driver.
	 * @param settings all that it has for the connection
	 */
	public DatabaseSockets(Properties settings) {
		this(settings, false);
	}

	private DatabaseSockets(Properties settings, boolean listening) {
		this.name = name(settings);
		this.listening = listening;
	}

	/**
	 * Returns the one host that the address of the database names, whatever addresses
	 * that has: who asks at one of them hears for all. Of several, one may be frozen
	 * while another one answers.
	 */
	private static @Nullable String name(Properties settings) {
		String host = settings.getProperty("PGHOST", "");
		return (host.isEmpty() || host.contains(",")) ? null : host + ":" + settings.getProperty("PGPORT");
	}

	/** Servers by the one name under which they are asked for, or by their addresses. */
	static Map<String, Server> servers() {
		return SERVERS;
	}

	@Override
	public Socket createSocket() {
		return new NotingSocket(this.name, this.listening);
	}

	@Override
	public Socket createSocket(String host, int port) {
		throw connectsLater();
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
		throw connectsLater();
	}

	@Override
	public Socket createSocket(InetAddress host, int port) {
		throw connectsLater();
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
		throw connectsLater();
	}

	private static UnsupportedOperationException connectsLater() {
		return new UnsupportedOperationException("The driver connects by itself, with its time limit");
	}

	/**
	 * Those for a connection on which somebody listens. What is heard there counts; who
	 * waits there waits for nothing that he has asked for.
	 */
	public static final class Listening extends DatabaseSockets {

		/**
		 * Called by the driver.
		 * @param settings all that it has for the connection
		 */
		public Listening(Properties settings) {
			super(settings, true);
		}

	}

	/**
	 * A server, and all that is open to it.
	 */
	static final class Server {

		private final Set<NotingSocket> open = ConcurrentHashMap.newKeySet();

		private final LongAdder heard = new LongAdder();

		/**
		 * Returns a number that becomes another one whenever the server says anything.
		 */
		long heard() {
			return this.heard.sum();
		}

		/**
		 * Returns where somebody waits for an answer, and which wait of the socket's it
		 * is.
		 */
		Map<NotingSocket, Long> waiting() {
			Map<NotingSocket, Long> waiting = new HashMap<>();
			this.open.forEach((socket) -> {
				long current = socket.current;
				if (current > 0) {
					waiting.put(socket, current);
				}
			});
			return waiting;
		}

	}

	/**
	 * A socket that says whether somebody waits for it.
	 */
	static final class NotingSocket extends Socket {

		private final @Nullable String name;

		private final boolean listening;

		private @Nullable Server server;

		private @Nullable InputStream input;

		/** Counted by the one who reads. */
		private long waits;

		/** The number of the wait, or 0 while nobody waits. */
		private volatile long current;

		private NotingSocket(@Nullable String name, boolean listening) {
			this.name = name;
			this.listening = listening;
		}

		boolean isListening() {
			return this.listening;
		}

		@Override
		public synchronized InputStream getInputStream() throws IOException {
			InputStream noting = this.input;
			if (noting == null) {
				String key = (this.name != null) ? this.name : String.valueOf(getRemoteSocketAddress());
				Server to = SERVERS.computeIfAbsent(key, (absent) -> new Server());
				noting = new NotingStream(super.getInputStream(), to);
				this.input = noting;
				this.server = to;
				to.open.add(this);
			}
			return noting;
		}

		@Override
		public synchronized void close() throws IOException {
			if (this.server != null) {
				this.server.open.remove(this);
			}
			super.close();
		}

		private final class NotingStream extends FilterInputStream {

			private final LongAdder heard;

			private NotingStream(InputStream input, Server server) {
				super(input);
				this.heard = server.heard;
			}

			@Override
			public int read() throws IOException {
				begin();
				try {
					return noted(super.read());
				}
				finally {
					end();
				}
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				begin();
				try {
					return noted(super.read(bytes, offset, length));
				}
				finally {
					end();
				}
			}

			private void begin() {
				NotingSocket.this.current = ++NotingSocket.this.waits;
			}

			private void end() {
				NotingSocket.this.current = 0;
			}

			private int noted(int read) {
				if (read >= 0) {
					this.heard.increment();
				}
				return read;
			}

		}

	}

}
