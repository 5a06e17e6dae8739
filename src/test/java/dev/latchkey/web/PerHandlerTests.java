package dev.latchkey.web;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.springframework.web.method.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is worked out once for a handler holds for that handler.
 */
class PerHandlerTests {

	@Test
	void aMethodThatTwoClassesInheritIsAnotherHandlerInEach() throws NoSuchMethodException {
		PerHandler<String> names = new PerHandler<>((handler) -> handler.getBeanType().getSimpleName());
		assertThat(names.of(new HandlerMethod(new One(), Things.class.getDeclaredMethod("things")))).isEqualTo("One");
		assertThat(names.of(new HandlerMethod(new Other(), Things.class.getDeclaredMethod("things"))))
			.isEqualTo("Other");
		assertThat(names.of(new HandlerMethod(new One(), Things.class.getDeclaredMethod("things")))).isEqualTo("One");
	}

	@Test
	void theSameHandlerIsWorkedOutOnce() throws NoSuchMethodException {
		AtomicInteger times = new AtomicInteger();
		PerHandler<Integer> counted = new PerHandler<>((handler) -> times.incrementAndGet());
		counted.of(new HandlerMethod(new One(), Things.class.getDeclaredMethod("things")));
		counted.of(new HandlerMethod(new One(), Things.class.getDeclaredMethod("things")));
		assertThat(times).hasValue(1);
	}

	abstract static class Things {

		String things() {
			return "";
		}

	}

	static class One extends Things {

	}

	static class Other extends Things {

	}

}
