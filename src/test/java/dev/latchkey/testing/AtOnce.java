package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Does the same several times at once.
 */
public final class AtOnce {

	private AtOnce() {
	}

	/**
	 * Calls from so many threads that begin together, and returns what each got.
	 */
	public static <T> List<T> call(int times, Callable<T> call) throws Exception {
		CyclicBarrier start = new CyclicBarrier(times);
		ExecutorService threads = Executors.newFixedThreadPool(times);
		try {
			List<Future<T>> running = IntStream.range(0, times).mapToObj((number) -> threads.submit(() -> {
				start.await();
				return call.call();
			})).toList();
			List<T> results = new ArrayList<>();
			for (Future<T> future : running) {
				results.add(future.get());
			}
			return results;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
