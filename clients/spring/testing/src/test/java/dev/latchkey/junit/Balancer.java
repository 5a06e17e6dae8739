package dev.latchkey.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A balancer over connections, in turn, whose lines can be cut, and can carry nothing
 * while they stay open.
 */
final class Balancer implements AutoCloseable {

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger turn = new AtomicInteger();

	private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());

	private final List<URI> nodes;

	private volatile boolean holding;

	private volatile boolean refusing;

	Balancer(List<URI> nodes) throws IOException {
		this.nodes = nodes;
		start(this::accept);
	}

	URI address() {
		return URI.create("http://127.0.0.1:" + this.listener.getLocalPort());
	}

	/** Cuts every line; the next ones come through. */
	void cut() {
		this.open.forEach(Balancer::end);
	}

	/** Cuts every line, and lets none through. */
	void refuse(boolean refuse) {
		this.refusing = refuse;
		if (refuse) {
			cut();
		}
	}

	/** Lets nothing pass, and what came meanwhile all at once afterwards. */
	void hold(boolean hold) {
		this.holding = hold;
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		cut();
	}

	private void accept() throws IOException {
		while (!this.listener.isClosed()) {
			Socket near = this.listener.accept();
			if (this.refusing) {
				end(near);
				continue;
			}
			URI node = this.nodes.get(Math.floorMod(this.turn.getAndIncrement(), this.nodes.size()));
			Socket far = new Socket(node.getHost(), node.getPort());
			near.setTcpNoDelay(true);
			far.setTcpNoDelay(true);
			this.open.add(near);
			this.open.add(far);
			start(() -> carry(near, far));
			start(() -> carry(far, near));
		}
	}

	private void carry(Socket from, Socket to) {
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[8_192];
			int length = in.read(buffer);
			while (length >= 0) {
				while (this.holding && !from.isClosed()) {
					java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
				}
				out.write(buffer, 0, length);
				length = in.read(buffer);
			}
		}
		catch (IOException ex) {
			// It was cut, or one end hung up.
		}
		finally {
			end(from);
			end(to);
			this.open.remove(from);
			this.open.remove(to);
		}
	}

	private static void end(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// It was closed.
			}
		}, "balancer");
		thread.setDaemon(true);
		thread.start();
	}

	private interface Work {

		void run() throws IOException;

	}

}
