package dev.latchkey.resourceserver;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/**
 * Says whether a token is good: from memory where that is believed, else by asking
 * Latchkey. After a revocation no token is accepted for longer than
 * {@link VerifierSettings#maxStaleness()}, whatever happens to processes, networks and
 * clocks, and mostly for no longer than some milliseconds.
 * <p>
 * One is enough for a service; any number of threads may use it.
 */
public final class TokenVerifier implements AutoCloseable {

	private static final Verdict REFUSED = new Verdict.Refused();

	private static final int RENEWERS = 2;

	private static final int RENEWALS = 1_000;

	private final LongAdder remembered = new LongAdder();

	private final LongAdder asked = new LongAdder();

	private final LongAdder refused = new LongAdder();

	private final LongAdder limited = new LongAdder();

	private final LongAdder undecided = new LongAdder();

	private final Clocks clocks;

	private final boolean otherForms;

	private final Belief belief;

	private final KeptAnswers kept;

	private final Asking asking;

	private final LocalLimits limits;

	private final Executor renewals;

	private final @Nullable ChangeFollower follower;

	private volatile boolean answered = true;

	/**
	 * Makes one that believes nothing until it is started.
	 */
	public TokenVerifier(VerifierSettings settings) {
		this(settings, client());
	}

	private TokenVerifier(VerifierSettings settings, HttpClient client) {
		this.clocks = Clocks.SYSTEM;
		this.otherForms = settings.otherForms();
		this.belief = new Belief(this.clocks, settings.maxStaleness());
		this.kept = new KeptAnswers(this.belief, settings.maxKept());
		this.asking = new Asking(this.clocks, this.belief, this.kept, new HttpQuestions(client, settings),
				settings.resource());
		this.limits = new LocalLimits(this.clocks);
		this.renewals = renewers();
		this.follower = new ChangeFollower(client, settings, this.belief);
	}

	/** Puts one together from its parts. */
	TokenVerifier(Clocks clocks, Belief belief, KeptAnswers kept, Asking asking, Executor renewals,
			@Nullable ChangeFollower follower, boolean otherForms) {
		this.clocks = clocks;
		this.otherForms = otherForms;
		this.belief = belief;
		this.kept = kept;
		this.asking = asking;
		this.limits = new LocalLimits(clocks);
		this.renewals = renewals;
		this.follower = follower;
	}

	/** No upgrade to HTTP/2 is tried with each question. */
	static HttpClient client() {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(Duration.ofSeconds(2))
			.build();
	}

	/** They come only when there is something to do, and go again. */
	static Executor renewers() {
		ThreadPoolExecutor threads = new ThreadPoolExecutor(RENEWERS, RENEWERS, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(RENEWALS), (task) -> {
					Thread thread = new Thread(task, "latchkey-renewal");
					thread.setDaemon(true);
					return thread;
				});
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

	/**
	 * Begins to follow what changes.
	 */
	public void start() {
		if (this.follower != null) {
			this.follower.start();
		}
	}

	@Override
	public void close() {
		if (this.follower != null) {
			this.follower.close();
		}
	}

	/**
	 * Says what is to be done with a request that presents this token.
	 * @param token the token as it was presented
	 * @param address from where it was presented, or null if nobody knows; then, and
	 * where that is no address, a token that is bound to addresses is not good
	 */
	public Verdict verify(String token, @Nullable String address) {
		Verdict verdict = TokenForm.isGood(token, this.otherForms) ? decide(token, address) : REFUSED;
		count(verdict);
		return verdict;
	}

	/** The address is read where it matters, which for most tokens is nowhere. */
	private Verdict decide(String token, @Nullable String given) {
		TokenKey key = TokenKey.of(token);
		KeptAnswer everywhere = this.kept.believed(key, null);
		if (everywhere != null) {
			return believe(everywhere, key, token, given);
		}
		String address = Address.known(given);
		KeptAnswer there = this.kept.believed(key, address);
		return (there != null) ? believe(there, key, token, address) : ask(key, token, address);
	}

	private Verdict believe(KeptAnswer answer, TokenKey key, String token, @Nullable String given) {
		this.remembered.increment();
		if (answer.isToBeRenewed(this.clocks.nanos())) {
			renew(answer, key, token, Address.known(given));
		}
		return accept(key, answer.token(), answer.rateLimit());
	}

	private Verdict ask(TokenKey key, String token, @Nullable String address) {
		Answer answer = question(key, token, address);
		if (answer instanceof Answer.Active active) {
			return accept(key, active.token(), active.rateLimit());
		}
		if (answer instanceof Answer.Limited known) {
			return new Verdict.Limited(known.limit());
		}
		return (answer instanceof Answer.Unknown unknown) ? new Verdict.Undecided(unknown.retryAfter()) : REFUSED;
	}

	private Answer question(TokenKey key, String token, @Nullable String address) {
		this.asked.increment();
		Answer answer = this.asking.ask(key, token, address);
		this.answered = !(answer instanceof Answer.Unknown);
		return answer;
	}

	private Verdict accept(TokenKey key, VerifiedToken token, @Nullable Long quota) {
		return (quota != null) ? this.limits.count(key, token, quota) : new Verdict.Accepted(token, null);
	}

	private void renew(KeptAnswer answer, TokenKey key, String token, @Nullable String address) {
		try {
			this.renewals.execute(() -> {
				Answer renewed = question(key, token, address);
				if (renewed instanceof Answer.Unknown || renewed instanceof Answer.Limited) {
					answer.renewalFailed(this.clocks.nanos());
				}
			});
		}
		catch (RejectedExecutionException ex) {
			answer.renewalFailed(this.clocks.nanos());
		}
	}

	private void count(Verdict verdict) {
		if (verdict instanceof Verdict.Refused) {
			this.refused.increment();
		}
		else if (verdict instanceof Verdict.Limited) {
			this.limited.increment();
		}
		else if (verdict instanceof Verdict.Undecided) {
			this.undecided.increment();
		}
	}

	/**
	 * Returns how many characters a header with a token may have: whatever is longer need
	 * not be read.
	 */
	public int longest() {
		return TokenForm.longest(this.otherForms);
	}

	/**
	 * Returns how it is and what it has done.
	 */
	public VerifierState state() {
		return new VerifierState(this.belief.age(), this.kept.size(), this.asking.underWay(), this.remembered.sum(),
				this.asked.sum(), this.refused.sum(), this.limited.sum(), this.undecided.sum(),
				(this.follower != null) ? this.follower.streams() : 0);
	}

	/**
	 * Returns whether tokens can be decided about now: from memory, or because the last
	 * question was answered.
	 */
	public boolean isAble() {
		return this.belief.age() != null || this.answered;
	}

}
