package dev.latchkey.bench.tools;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Signs in to one account with wrong passwords, as fast as some threads can, and prints
 * how often each status came. The networks are what a proxy in front would say.
 */
final class SignIns {

	private SignIns() {
	}

	static void run(Arguments arguments) throws Exception {
		int count = arguments.number("count", 10_000);
		int threads = arguments.number("threads", 8);
		int networks = arguments.number("networks", 1);
		AtomicInteger next = new AtomicInteger();
		Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
		CountDownLatch done = new CountDownLatch(threads);
		for (int i = 0; i < threads; i++) {
			Thread thread = new Thread(() -> {
				try (Http http = new Http(arguments.number("port", 8080))) {
					for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
						int status = status(http, arguments.text("email"), number, networks);
						statuses.computeIfAbsent(status, (key) -> new LongAdder()).increment();
					}
				}
				catch (IOException ex) {
					// Of a connection that is being closed.
				}
				finally {
					done.countDown();
				}
			}, "sign-ins");
			thread.setDaemon(true);
			thread.start();
		}
		done.await();
		statuses.forEach((status, times) -> System.out.println(status + " " + times));
	}

	/** What was not answered is counted under 0. */
	private static int status(Http http, String email, int number, int networks) {
		int network = number % networks;
		try {
			return http
				.send("POST", "/api/login", null,
						"{\"email\":\"%s\",\"password\":\"wrong %d\",\"token_name\":\"x\",\"scopes\":[\"user:read\"]}"
							.formatted(email, number),
						"X-Forwarded-For: 10.%d.%d.7".formatted(network / 250, network % 250))
				.status();
		}
		catch (IOException ex) {
			return 0;
		}
	}

}
