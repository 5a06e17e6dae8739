package dev.latchkey.token;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * From the header's value to the digest that is looked up.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenBenchmark {

	private final TokenFormat format = new TokenFormat(
			new TokenProperties("lk", Lifetime.of("90d"), Lifetime.of("366d"), Lifetime.of("365d"), Duration.ofDays(7),
					false, 1000, new TokenProperties.Prune(true, "-", Duration.ofDays(30), 1000)));

	private final RawToken token = this.format.generate(TokenKind.PERSONAL);

	private final String good = this.token.reveal();

	private final String mistyped = this.good.substring(0, 20) + ((this.good.charAt(20) != 'a') ? 'a' : 'b')
			+ this.good.substring(21);

	@Benchmark
	public Optional<RawToken> parse() {
		return this.format.parse(this.good);
	}

	@Benchmark
	public Optional<RawToken> parseMistyped() {
		return this.format.parse(this.mistyped);
	}

	@Benchmark
	public TokenDigest digest() {
		return TokenDigest.of(this.token);
	}

	@Benchmark
	public RawToken generate() {
		return this.format.generate(TokenKind.PERSONAL);
	}

}
