package dev.latchkey.bench.tools;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Row 5: revokes on one node, in every way there is, while both nodes verify under load,
 * then again with faults between the other node and the database. Prints one line a
 * finding, fields separated by tabs.
 */
final class RevocationCheck {

	private RevocationCheck() {
	}

	static void run(Arguments arguments) throws Exception {
		int here = arguments.number("a", 0);
		int there = arguments.number("b", 0);
		String url = arguments.text("url");
		String admin = Files.readString(arguments.path("admin-token-file")).trim();
		try (Connection connection = DriverManager.getConnection(url)) {
			Victims victims = new Victims(connection, Files.readAllLines(arguments.path("tokens")));
			System.err.println("  revoking under load, asked on the same node");
			List<Hands> revokers = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				revokers.add(new Hands(here, DriverManager.getConnection(url), admin));
			}
			new SameNodeCheck(here, arguments.number("requests", 100_000)).run(victims, revokers, 8,
					arguments.number("seconds", 240));
			System.err.println("  revoking on one node, asked on the other");
			Hands hands = revokers.get(0);
			List<Victim> crowd = victims.next(20);
			Probe load = new Probe(here, crowd, 2, false);
			Probe loadThere = new Probe(there, crowd, 2, false);
			new OtherNodeCheck(there, victims, hands).run(arguments.number("trials", 200));
			load.stop();
			loadThere.stop();
			System.err.println("  revoking while the other node cannot hear of it");
			try (Connection admins = DriverManager.getConnection(url)) {
				int proxy = arguments.number("proxy", 0);
				new FaultCheck(there, victims, hands).run(arguments.number("fault-trials", 5),
						Arrays.stream(Fault.values()).map((fault) -> fault.breaking(admins, proxy)).toList());
			}
		}
	}

}
