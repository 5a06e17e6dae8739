package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Does several things at once.
 */
public final class AtOnce {

	/**
	 * A thread for each. The pool that a future takes by itself has one thread on two
	 * cores, in which whoever waits keeps all others from beginning (Java 25; before,
	 * futures did without the pool there).
	 */
	public static final Executor THREAD_EACH = (work) -> new Thread(work).start();

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
			return results(running);
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Calls for each, for some at a time, and returns what each got in their order: for
	 * calls that wait more than they work.
	 */
	public static <T, R> List<R> each(Collection<T> all, Function<T, R> call) throws Exception {
		return each(16, all, call);
	}

	/**
	 * Likewise, for so many at a time.
	 */
	public static <T, R> List<R> each(int atOnce, Collection<T> all, Function<T, R> call) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(atOnce);
		try {
			return results(all.stream().map((one) -> threads.submit(() -> call.apply(one))).toList());
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static <T> List<T> results(List<Future<T>> running) throws Exception {
		List<T> results = new ArrayList<>();
		for (Future<T> future : running) {
			results.add(future.get());
		}
		return results;
	}

}
