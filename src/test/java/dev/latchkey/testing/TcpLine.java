package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A line to a server that a test can cut and mend.
 */
public class TcpLine implements AutoCloseable {

	private final InetSocketAddress target;

	private final ServerSocket listener;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final ReentrantLock flow = new ReentrantLock();

	private volatile boolean cut;

	public TcpLine(InetSocketAddress target) {
		this.target = target;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	/**
	 * Returns the port at this end of the line.
	 */
	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Cuts every connection and lets none through.
	 */
	public void cut() {
		this.cut = true;
		this.open.forEach(TcpLine::end);
	}

	/**
	 * Lets nothing through any more, in neither direction, and says so to nobody.
	 */
	public void freeze() {
		this.flow.lock();
	}

	/**
	 * Lets through what has come to the line meanwhile; the same thread has frozen it.
	 */
	public void thaw() {
		this.flow.unlock();
	}

	/**
	 * Lets new connections through again.
	 */
	public void mend() {
		this.cut = false;
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		cut();
	}

	private void accept() throws IOException {
		while (!this.listener.isClosed()) {
			Socket near = this.listener.accept();
			if (this.cut) {
				end(near);
				continue;
			}
			Socket far = new Socket();
			far.connect(this.target);
			this.open.add(near);
			this.open.add(far);
			start(() -> carry(near, far));
			start(() -> carry(far, near));
		}
	}

	private void carry(Socket from, Socket to) {
		try {
			byte[] bytes = new byte[8192];
			int length = from.getInputStream().read(bytes);
			while (length >= 0) {
				pass(bytes, length, to);
				length = from.getInputStream().read(bytes);
			}
		}
		catch (IOException ex) {
			// The line was cut, or one end hung up.
		}
		finally {
			end(from);
			end(to);
			this.open.remove(from);
			this.open.remove(to);
		}
	}

	private void pass(byte[] bytes, int length, Socket to) throws IOException {
		this.flow.lock();
		try {
			to.getOutputStream().write(bytes, 0, length);
		}
		finally {
			this.flow.unlock();
		}
	}

	private static void end(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// The listener was closed.
			}
		}, "tcp-line");
		thread.setDaemon(true);
		thread.start();
	}

	private interface Work {

		void run() throws IOException;

	}

}
