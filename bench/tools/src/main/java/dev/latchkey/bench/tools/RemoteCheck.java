package dev.latchkey.bench.tools;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Row 13: revokes at one of two nodes, in every way there is, while a service behind a
 * balancer verifies from memory, then again with faults between. Prints one line a
 * finding, fields separated by tabs.
 */
final class RemoteCheck {

	private RemoteCheck() {
	}

	static void run(Arguments arguments) throws Exception {
		int service = arguments.number("service", 0);
		List<Integer> nodes = List.of(arguments.number("a", 0), arguments.number("b", 0));
		String url = arguments.text("url");
		String admin = Files.readString(arguments.path("admin-token-file")).trim();
		try (Connection connection = DriverManager.getConnection(url);
				Balancer balancer = new Balancer(arguments.number("balancer", 0), nodes)) {
			Victims victims = new Victims(connection, Files.readAllLines(arguments.path("tokens")));
			Hands hands = new Hands(nodes.get(0), DriverManager.getConnection(url), admin);
			awaitAcceptance(service, victims.next());
			System.err.println("  revoking at one node, asked at the service");
			new OtherNodeCheck(service, victims, hands).run(arguments.number("trials", 200));
			System.err.println("  revoking while the service cannot hear of it");
			new FaultCheck(service, victims, hands).run(arguments.number("fault-trials", 5),
					List.of(cuts(balancer),
							Breakage.of("the network swallows everything", () -> balancer.be(Balancer.Mode.SWALLOW),
									() -> balancer.be(Balancer.Mode.PASS)),
							Breakage.of("a proxy holds back what the nodes say", () -> balancer.be(Balancer.Mode.HOLD),
									() -> balancer.be(Balancer.Mode.PASS)),
							Breakage.stopped("one node stopped", arguments.number("node-a", 0)),
							Breakage.stopped("the other node stopped", arguments.number("node-b", 0)),
							Breakage.stopped("the service stopped", arguments.number("service-process", 0))));
		}
	}

	/** The service finds the balancer there from now on. */
	private static void awaitAcceptance(int service, Victim victim) throws Exception {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		try (Http http = new Http(service)) {
			while (http.get("/api/user", victim.raw()) != 200) {
				if (System.nanoTime() - deadline > 0) {
					throw new IllegalStateException("The service does not accept good tokens");
				}
				Thread.sleep(100);
			}
		}
	}

	/** Again and again, so that no stream lives for long. */
	private static Breakage cuts(Balancer balancer) {
		AtomicReference<Thread> cutting = new AtomicReference<>();
		return Breakage.of("streams are cut", () -> {
			Thread thread = new Thread(() -> {
				try {
					while (true) {
						balancer.cut();
						Thread.sleep(300);
					}
				}
				catch (Exception ex) {
					// It is over.
				}
			}, "cuts");
			cutting.set(thread);
			thread.start();
		}, () -> cutting.get().interrupt());
	}

}
