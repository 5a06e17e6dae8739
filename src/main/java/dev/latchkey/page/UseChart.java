package dev.latchkey.page;

import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.UK);

	static UseChart of(List<DailyUse> days) {
		int most = days.stream().mapToInt(DailyUse::minutes).max().orElse(0);
		List<Bar> bars = IntStream.range(0, days.size())
			.mapToObj((index) -> bar(index, days.get(index), most))
			.toList();
		return new UseChart(bars, summary(days, most));
	}

	private static Bar bar(int index, DailyUse use, int most) {
		int height = (use.minutes() == 0) ? 1 : Math.max(LEAST, HEIGHT * use.minutes() / most);
		return new Bar(index * STEP, HEIGHT - height, height, DAY.format(use.day()), use.minutes());
	}

	private static String summary(List<DailyUse> days, int most) {
		long used = days.stream().filter((day) -> day.minutes() > 0).count();
		if (used == 0) {
			return "Not used in the last 30 days.";
		}
		DailyUse busiest = days.stream().max(Comparator.comparingInt(DailyUse::minutes)).orElseThrow();
		return "Used on %d of the last 30 days, most on %s: in %d of its minutes.".formatted(used,
				DAY.format(busiest.day()), most);
	}

	/** A day. */
	record Bar(int x, int y, int height, String day, int minutes) {

	}

}
