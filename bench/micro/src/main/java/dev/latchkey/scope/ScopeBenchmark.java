package dev.latchkey.scope;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import org.springframework.security.core.GrantedAuthority;

/**
 * What a route pays to find out whether a token may.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScopeBenchmark {

	private final Scopes names = Scopes.of("orders:read", "orders:write", "tokens:read", "user:read");

	private final Scopes wildcard = Scopes.of("orders:*", "tokens:*", "user:*");

	private final List<GrantedAuthority> authorities = ScopeAuthorities
		.of(Set.of("orders:read", "orders:write", "tokens:read", "user:read"), Set.of(Role.USER));

	@Benchmark
	public boolean matchByAuthority() {
		return ScopeAuthorities.hasScope(this.authorities, "user:read");
	}

	@Benchmark
	public boolean matchByName() {
		return this.names.covers("user:read");
	}

	@Benchmark
	public boolean matchByWildcard() {
		return this.wildcard.covers("user:read");
	}

}
