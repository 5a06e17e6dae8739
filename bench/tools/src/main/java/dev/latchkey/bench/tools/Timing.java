package dev.latchkey.bench.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Measures what the time of an answer tells of an account or a token. Two kinds are asked
 * in turns that a draw decides, so that neither has the machine's better moments; each
 * pair's distributions are compared by two tests that suppose nothing of their form.
 */
final class Timing {

	private final Http http;

	private final Random random = new Random();

	private Timing(Http http) {
		this.http = http;
	}

	static void run(Arguments arguments) throws Exception {
		List<String> revoked = Files.readAllLines(arguments.path("revoked"));
		RawTokens tokens = new RawTokens();
		String email = arguments.text("email");
		int logins = arguments.number("logins", 400);
		try (Http http = new Http(arguments.number("port", 8080))) {
			Timing timing = new Timing(http);
			Kind known = new Kind("sign-in, known account", (i) -> timing.signIn(email));
			Kind unknown = new Kind("sign-in, unknown account", (i) -> timing.signIn("x" + i + email.substring(1)));
			Kind ended = new Kind("revoked tokens", (i) -> timing.ask(revoked.get(i % revoked.size())));
			Kind nobodys = new Kind("unknown tokens", (i) -> timing.ask(tokens.next()));
			Kind malformed = new Kind("malformed tokens", (i) -> timing.ask(tokens.nextMalformed()));
			timing.compare("same", known, unknown, logins);
			timing.compare("same", ended, nobodys, revoked.size());
			timing.compare("other", malformed, nobodys, revoked.size());
		}
	}

	private void compare(String what, Kind one, Kind other, int samples) throws IOException {
		double[] first = new double[samples];
		double[] second = new double[samples];
		int warm = Math.max(10, samples / 20);
		for (int i = -warm; i < samples; i++) {
			boolean turn = this.random.nextBoolean();
			double a = turn ? one.micros(i + warm) : 0;
			double b = other.micros(i + warm);
			a = turn ? a : one.micros(i + warm);
			if (i >= 0) {
				first[i] = a;
				second[i] = b;
			}
		}
		Arrays.sort(first);
		Arrays.sort(second);
		print(one.name(), first);
		print(other.name(), second);
		double median = quantile(first, 0.5) / quantile(second, 0.5);
		System.out.printf("%s\t%s\t%s\t%.3f\t%.3f\t%.2f%n", what, one.name(), other.name(),
				Math.max(median, 1 / median), distance(first, second), rankSum(first, second));
	}

	private static void print(String name, double[] sorted) {
		System.out.printf("distribution\t%s\t%8.0f %8.0f %8.0f %8.0f %8.0f%n", name, quantile(sorted, 0.05),
				quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75), quantile(sorted, 0.95));
	}

	private static double quantile(double[] sorted, double share) {
		return sorted[(int) Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
	}

	/**
	 * Returns the largest distance between the two distribution functions
	 * (Kolmogorov-Smirnov). Of two alike it is below {@code 1.36 * sqrt(2 / n)} 19 times
	 * in 20.
	 */
	private static double distance(double[] one, double[] other) {
		double largest = 0;
		int i = 0;
		int j = 0;
		while (i < one.length && j < other.length) {
			double value = Math.min(one[i], other[j]);
			while (i < one.length && one[i] <= value) {
				i++;
			}
			while (j < other.length && other[j] <= value) {
				j++;
			}
			largest = Math.max(largest, Math.abs((double) i / one.length - (double) j / other.length));
		}
		return largest;
	}

	/**
	 * Returns how many standard deviations the ranks of the first are off (Mann-Whitney).
	 * Of two alike it is between -1.96 and 1.96 19 times in 20.
	 */
	private static double rankSum(double[] one, double[] other) {
		double above = 0;
		int below = 0;
		int same = 0;
		for (double value : one) {
			while (below < other.length && other[below] < value) {
				below++;
			}
			same = Math.max(same, below);
			while (same < other.length && other[same] == value) {
				same++;
			}
			above += below + (same - below) / 2.0;
		}
		double n = one.length;
		double m = other.length;
		return (above - n * m / 2) / Math.sqrt(n * m * (n + m + 1) / 12);
	}

	private int signIn(String email) throws IOException {
		return this.http
			.send("POST", "/api/login", null,
					"{\"email\":\"%s\",\"password\":\"wrong password\",\"token_name\":\"x\",\"scopes\":[\"user:read\"]}"
						.formatted(email))
			.status();
	}

	private int ask(String token) throws IOException {
		return this.http.get("/api/user", token);
	}

	/** What is refused, and in which way. */
	private record Kind(String name, Request request) {

		double micros(int number) throws IOException {
			long start = System.nanoTime();
			int status = this.request.send(number);
			double micros = (System.nanoTime() - start) / 1000.0;
			if (status != 401 && status != 422) {
				throw new IOException(this.name + " was answered with " + status);
			}
			return micros;
		}

	}

	private interface Request {

		int send(int number) throws IOException;

	}

}
