package dev.latchkey.value;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TotalsTests {

	@Test
	void upToTenThousandATotalIsExact() {
		assertThat(Totals.of(0, 0, 0, 20)).isZero();
		assertThat(Totals.of(10_000, 0, 20, 20)).isEqualTo(10_000);
		assertThat(Totals.of(10_000, 9_980, 20, 20)).isEqualTo(10_000);
	}

	/** Whoever goes on while there is more, by the total, sees everything. */
	@Test
	void whoeverLeafsThroughALongListByItsTotalSeesAllOfIt() {
		int rows = 12_345;
		int seen = 0;
		for (long page = 0;; page++) {
			int shown = (int) Math.min(100, rows - page * 100);
			seen += shown;
			if ((page + 1) * 100 >= Totals.of(Totals.COUNTED, page * 100, shown, 100)) {
				break;
			}
		}
		assertThat(seen).isEqualTo(rows);
		assertThat(Totals.of(Totals.COUNTED, 50_000, 0, 100)).as("behind the end").isEqualTo(Totals.COUNTED);
	}

}
