package dev.latchkey.web;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No list is read further than lists are leafed through, whatever page is wanted.
 */
class PageQueryTests {

	@ParameterizedTest
	@CsvSource({ "0,100,0", "1000,100,1000", "1001,100,1000", "1000000,100,1000", "100000,1,100000", "100001,1,100000",
			"1000000,30,3333" })
	void theLastPageWithinReachIsReadForOneThatIsNot(String wanted, String size, int read) {
		PageQuery query = PageQuery.of(wanted, size);
		assertThat(query.wanted()).isEqualTo(Integer.parseInt(wanted));
		assertThat(query.page()).isEqualTo(read);
		assertThat(query.offset()).isEqualTo(read * query.size()).isLessThanOrEqualTo(100_000);
	}

	@Test
	void aPageIsAnsweredUnderTheNumberThatWasWanted() {
		assertThat(ItemPage.of(List.of("x"), PageQuery.of("7", "20"), 141).page()).isEqualTo(7);
		assertThat(ItemPage.of(List.of("x"), PageQuery.of("9000", "20"), 7)).satisfies((page) -> {
			assertThat(page.page()).isEqualTo(9000);
			assertThat(page.items()).isEmpty();
			assertThat(page.total()).isEqualTo(7);
		});
	}

}
