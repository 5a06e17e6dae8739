package dev.latchkey.page;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import dev.latchkey.language.Language;
import dev.latchkey.language.Words;
import dev.latchkey.token.DailyUse;

/**
 * Bars for the use of a token, a day each, with the same in a sentence.
 *
 * @param bars the bars, the latest day last
 * @param summary the sentence
 */
record UseChart(List<Bar> bars, String summary) {

	static final int HEIGHT = 60;

	private static final int STEP = 10;

	private static final int LEAST = 3;

	static UseChart of(List<DailyUse> days) {
		int most = days.stream().mapToInt(DailyUse::minutes).max().orElse(0);
		List<Bar> bars = IntStream.range(0, days.size())
			.mapToObj((index) -> bar(index, days.get(index), most))
			.toList();
		return new UseChart(bars, summary(days, most));
	}

	private static Bar bar(int index, DailyUse use, int most) {
		int height = (use.minutes() == 0) ? 1 : Math.max(LEAST, HEIGHT * use.minutes() / most);
		return new Bar(index * STEP, HEIGHT - height, height, Language.current().dayOfYear(use.day()), use.minutes());
	}

	private static String summary(List<DailyUse> days, int most) {
		long used = days.stream().filter((day) -> day.minutes() > 0).count();
		if (used == 0) {
			return Words.of("token.use.none");
		}
		DailyUse busiest = days.stream().max(Comparator.comparingInt(DailyUse::minutes)).orElseThrow();
		return Words.of("token.use.summary", used, Language.current().dayOfYear(busiest.day()), String.valueOf(most));
	}

	/** A day. */
	record Bar(int x, int y, int height, String day, int minutes) {

	}

}
