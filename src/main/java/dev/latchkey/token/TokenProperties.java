package dev.latchkey.token;

import java.time.Duration;

import dev.latchkey.startup.SettingFaults;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.support.CronExpression;

/**
 * How tokens look and how long they live.
 *
 * @param prefix the company part of the raw form; the last letter says the kind
 * @param defaultLifetime life of a token made without one: a duration, or {@code never};
 * 90 days, or the longest life where that is shorter
 * @param maxLifetime longest life that may be asked for: a duration, or {@code never}
 * @param maxLifetimeFor whom it holds: {@code new} tokens, or {@code all}, and then those
 * that were made for longer are suspended as long as it is so
 * @param idleLifetime life without use, counted from creation until first use: a
 * duration, or {@code never}
 * @param maxGracePeriod longest time for which a rotated token may live on
 * @param revokeFamilyOnReuse whether any use of a rotated token ends its whole family,
 * and not only an attempt to rotate with it
 * @param maxPerOwner how many living tokens of all kinds an account may have
 * @param prune how ended tokens are deleted
 */
@ConfigurationProperties("latchkey.tokens")
public record TokenProperties(@DefaultValue("lk") String prefix, @Nullable Lifetime defaultLifetime,
		@DefaultValue("366d") Lifetime maxLifetime, @DefaultValue("new") String maxLifetimeFor,
		@DefaultValue("365d") Lifetime idleLifetime, @DefaultValue("7d") Duration maxGracePeriod,
		@DefaultValue("false") boolean revokeFamilyOnReuse, @DefaultValue("1000") int maxPerOwner,
		@DefaultValue Prune prune) {

	private static final String PREFIX = "[a-z0-9]{1,10}";

	private static final String NEW = "new";

	private static final String ALL = "all";

	private static final Lifetime USUAL = new Lifetime(Duration.ofDays(90));

	private static final Duration LONGEST_GRACE = Duration.ofDays(7);

	public TokenProperties {
		new SettingFaults("latchkey.tokens").require(prefix.matches(PREFIX), "prefix", "1 to 10 of a-z and 0-9")
			.require(defaultLifetime == null || !defaultLifetime.isLongerThan(maxLifetime), "default-lifetime",
					"no longer than latchkey.tokens.max-lifetime")
			.require(maxLifetimeFor.equals(NEW) || maxLifetimeFor.equals(ALL), "max-lifetime-for", "new or all")
			.require(maxGracePeriod.compareTo(LONGEST_GRACE) <= 0, "max-grace-period", "no longer than 7d")
			.require(maxPerOwner > 0, "max-per-owner", "1 or more")
			.require(prune.cron().equals(Scheduled.CRON_DISABLED) || CronExpression.isValidExpression(prune.cron()),
					"prune.cron", "a cron expression of six fields, such as 0 17 3 * * *")
			.require(prune.batchSize() > 0, "prune.batch-size", "1 or more")
			.raise();
	}

	@Override
	public Lifetime defaultLifetime() {
		if (this.defaultLifetime != null) {
			return this.defaultLifetime;
		}
		return USUAL.isLongerThan(this.maxLifetime) ? this.maxLifetime : USUAL;
	}

	/** The longest life that tokens which exist are held to. */
	Lifetime longestForAll() {
		return this.maxLifetimeFor.equals(ALL) ? this.maxLifetime : new Lifetime(null);
	}

	/**
	 * How ended tokens are deleted.
	 *
	 * @param enabled whether the server does it by itself
	 * @param cron when, in the server's zone; the default is daily at 03:17
	 * @param retention how long an ended token is still shown before it is deleted
	 * @param batchSize how many rows one transaction deletes at the most
	 */
	public record Prune(@DefaultValue("true") boolean enabled, @DefaultValue("0 17 3 * * *") String cron,
			@DefaultValue("30d") Duration retention, @DefaultValue("1000") int batchSize) {

	}

}
