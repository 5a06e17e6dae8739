package dev.latchkey.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentToken;
import dev.latchkey.caller.User;
import dev.latchkey.limit.TokenAllowance;
import dev.latchkey.net.Networks;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeAuthorities;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenTimes;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From a digest to what is remembered of the token, the questions before each hit
 * included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LookUpBenchmark {

	private static final int TOKENS = 1000;

	private final List<TokenDigest> digests = new ArrayList<>();

	private VerifiedTokenCache cache;

	@Setup
	public void fill() {
		CacheProperties properties = new CacheProperties(true, 100_000, Duration.ofHours(1), null);
		ListenerPulse pulse = new ListenerPulse(properties);
		pulse.proven(System.nanoTime());
		this.cache = new VerifiedTokenCache(properties, pulse, new Invalidations());
		for (int i = 0; i < TOKENS; i++) {
			TokenDigest digest = TokenDigest.of("token " + i);
			this.digests.add(digest);
			this.cache.put(digest, new LoadedToken(stored(), 1));
		}
	}

	@Benchmark
	public @Nullable LoadedToken find() {
		return this.cache.find(this.digests.get(ThreadLocalRandom.current().nextInt(TOKENS)));
	}

	private static StoredToken stored() {
		Instant now = Instant.now();
		User owner = new User(UUID.randomUUID(), "user@bench.latchkey.dev", "User", Set.of(Role.USER), true, now);
		Scopes scopes = Scopes.of("user:read");
		CurrentToken current = new CurrentToken(UUID.randomUUID(), "bench", scopes, "lkp_…abcd", null);
		return new StoredToken(new VerifiedToken(current.id(), TokenKind.PERSONAL, null,
				new Caller(owner, scopes.names(), current), ScopeAuthorities.of(scopes.names(), owner.roles()),
				new TokenTimes(now, null, null, null, null), Networks.parse(null), null), false,
				new TokenAllowance(current.id(), List.of()));
	}

}
