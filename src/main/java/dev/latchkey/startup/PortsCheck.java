package dev.latchkey.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Stops the start where one of the two ports is taken, before anything is opened: the
 * port for management comes last, and until then the other one would answer.
 */
public class PortsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		requireFree(Binder.get(environment), "server");
		requireFree(Binder.get(environment), "management.server");
	}

	/** What cannot be read here, is said by who reads it. */
	private static void requireFree(Binder binder, String group) {
		Integer port = read(binder, group + ".port", Integer.class);
		InetAddress address = read(binder, group + ".address", InetAddress.class);
		if (port == null || port < 1 || port > 65535) {
			return;
		}
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind((address != null) ? new InetSocketAddress(address, port) : new InetSocketAddress(port));
		}
		catch (java.net.BindException ex) {
			throw new StartupFailure(PortTakenAnalyzer.line(port, group + ".port"), ex);
		}
		catch (IOException ex) {
			// Whoever opens the port says why it cannot be opened.
		}
	}

	private static <T> @Nullable T read(Binder binder, String name, Class<T> type) {
		try {
			return binder.bind(name, type).orElse(null);
		}
		catch (BindException ex) {
			return null;
		}
	}

}
