package dev.latchkey.page;

import dev.latchkey.value.Totals;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages for people lead onward as far as lists are leafed through.
 */
class PagingTests {

	@Test
	void whatIsNoPageIsTheFirstAndWhatIsOutOfReachTheLast() {
		assertThat(Paging.read("x")).isZero();
		assertThat(Paging.read("7")).isEqualTo(7);
		assertThat(Paging.read("5000")).isEqualTo(5000);
		assertThat(Paging.read("5001")).isEqualTo(5000);
		assertThat(Paging.read("1000000")).isEqualTo(5000);
	}

	@Test
	void theLastPageWithinReachLeadsNoFurther() {
		assertThat(Paging.of(4999, Paging.SIZE, Totals.COUNTED).next()).isTrue();
		assertThat(Paging.of(5000, Paging.SIZE, Totals.COUNTED)).satisfies((paging) -> {
			assertThat(paging.next()).isFalse();
			assertThat(paging.previous()).isTrue();
		});
	}

}
