package dev.latchkey.verification;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The network between a node and its database, which can be cut and can swallow
 * everything.
 */
final class Network implements AutoCloseable {

	private final ServerSocket server;

	private final URI database;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private volatile boolean swallowing;

	Network(JdbcConnectionDetails database) throws IOException {
		this.database = URI.create(database.getJdbcUrl().substring("jdbc:".length()));
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start(this::accept);
	}

	/** The JDBC address of the database at this end. */
	String url() {
		return "jdbc:postgresql://localhost:" + this.server.getLocalPort() + this.database.getPath();
	}

	/** Ends every connection; new ones may be made. */
	void cut() {
		this.sockets.forEach(Network::closeQuietly);
		this.sockets.clear();
	}

	/** Holds back what is sent in either direction, also over new connections. */
	void swallow(boolean everything) {
		this.swallowing = everything;
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				Socket database = new Socket(this.database.getHost(), this.database.getPort());
				this.sockets.addAll(List.of(client, database));
				start(() -> pass(client, database));
				start(() -> pass(database, client));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void pass(Socket from, Socket to) {
		try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			byte[] buffer = new byte[8192];
			int read;
			while ((read = in.read(buffer)) >= 0) {
				while (this.swallowing && !this.server.isClosed()) {
					LockSupport.parkNanos(1_000_000);
				}
				out.write(buffer, 0, read);
			}
		}
		catch (IOException ex) {
			closeQuietly(from);
			closeQuietly(to);
		}
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "network");
		thread.setDaemon(true);
		thread.start();
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is gone, which was wanted.
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		cut();
	}

}
