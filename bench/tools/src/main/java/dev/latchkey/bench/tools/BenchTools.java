package dev.latchkey.bench.tools;

import java.util.Arrays;

/**
 * The programs of the benchmark behind one jar: {@code java -jar tools.jar NAME ...}.
 */
public final class BenchTools {

	private BenchTools() {
	}

	public static void main(String[] args) throws Exception {
		String name = (args.length > 0) ? args[0] : "";
		Arguments rest = Arguments.parse(Arrays.copyOfRange(args, Math.min(1, args.length), args.length));
		switch (name) {
			case "tokens" -> TokenFile.write(rest);
			case "load" -> Loader.load(rest);
			case "proxy" -> TcpProxy.run(rest);
			case "revocation" -> RevocationCheck.run(rest);
			case "faults" -> FaultHistory.run(rest);
			case "sign-ins" -> SignIns.run(rest);
			case "timing" -> Timing.run(rest);
			case "remote" -> RemoteCheck.run(rest);
			case "streams" -> ChangeStreams.run(rest);
			default -> {
				System.err.println(
						"usage: tokens | load | proxy | revocation | faults | sign-ins | timing | remote | streams, "
								+ "each with --name=value options");
				System.exit(2);
			}
		}
	}

}
