package dev.latchkey.bench.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives each connection to the next node, and can be a bad network: it cuts, swallows, or
 * holds back what the nodes say.
 */
final class Balancer implements AutoCloseable {

	private static final int CONNECT_MILLIS = 1000;

	private final ServerSocket server;

	private final List<Integer> nodes;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final Object change = new Object();

	private volatile Mode mode = Mode.PASS;

	private int next;

	Balancer(int port, List<Integer> nodes) throws IOException {
		this.server = new ServerSocket(port, 128, InetAddress.getLoopbackAddress());
		this.nodes = nodes;
		start(this::accept);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "balancer");
		thread.setDaemon(true);
		thread.start();
	}

	void be(Mode wanted) {
		synchronized (this.change) {
			this.mode = wanted;
			this.change.notifyAll();
		}
	}

	/** Ends every connection. */
	void cut() throws IOException {
		for (Socket socket : this.open) {
			socket.close();
		}
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				this.open.add(client);
				start(() -> connect(client));
			}
			catch (IOException ex) {
				// It is closed, or a client has gone before.
			}
		}
	}

	private void connect(Socket client) {
		for (int tries = 0; tries < this.nodes.size(); tries++) {
			Socket node = new Socket();
			try {
				node.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), nextNode()), CONNECT_MILLIS);
				node.setTcpNoDelay(true);
				client.setTcpNoDelay(true);
				this.open.add(node);
				start(() -> forward(client, node, false));
				start(() -> forward(node, client, true));
				return;
			}
			catch (IOException ex) {
				// The next one is tried.
			}
		}
		close(client);
	}

	private synchronized int nextNode() {
		return this.nodes.get(this.next++ % this.nodes.size());
	}

	private void forward(Socket from, Socket to, boolean answers) {
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			ByteArrayOutputStream held = new ByteArrayOutputStream();
			byte[] buffer = new byte[16_384];
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				held.write(buffer, 0, n);
				if (this.mode == Mode.SWALLOW) {
					held.reset();
				}
				else if (answers) {
					awaitPass();
				}
				held.writeTo(out);
				held.reset();
			}
		}
		catch (IOException | InterruptedException ex) {
			// One side hung up; closing both is all there is to do.
		}
		close(from);
		close(to);
	}

	private void awaitPass() throws InterruptedException {
		synchronized (this.change) {
			while (this.mode == Mode.HOLD) {
				this.change.wait();
			}
		}
	}

	private void close(Socket socket) {
		this.open.remove(socket);
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is gone anyhow.
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		cut();
	}

	/** What it does with bytes. */
	enum Mode {

		PASS, SWALLOW, HOLD

	}

}
