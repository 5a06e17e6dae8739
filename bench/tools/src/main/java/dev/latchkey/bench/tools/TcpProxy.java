package dev.latchkey.bench.tools;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Forwards TCP connections. Stopped by a signal it stands for a network that swallows
 * everything: connections stay open, and nothing comes through.
 */
final class TcpProxy {

	private TcpProxy() {
	}

	static void run(Arguments arguments) throws IOException {
		InetAddress here = InetAddress.getLoopbackAddress();
		int target = arguments.number("target", 5432);
		try (ServerSocket server = new ServerSocket(arguments.number("listen", 0), 128, here)) {
			while (true) {
				Socket client = server.accept();
				try {
					connect(client, new Socket(here, target));
				}
				catch (IOException ex) {
					// Nobody listens there now; the client hears of it.
					client.close();
				}
			}
		}
	}

	private static void connect(Socket client, Socket backend) throws IOException {
		client.setTcpNoDelay(true);
		backend.setTcpNoDelay(true);
		forward(client, backend);
		forward(backend, client);
	}

	private static void forward(Socket from, Socket to) {
		Thread thread = new Thread(() -> {
			try (from; to) {
				InputStream in = from.getInputStream();
				OutputStream out = to.getOutputStream();
				byte[] buffer = new byte[16_384];
				for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
					out.write(buffer, 0, n);
				}
			}
			catch (IOException ex) {
				// One side hung up; closing both is all there is to do.
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

}
