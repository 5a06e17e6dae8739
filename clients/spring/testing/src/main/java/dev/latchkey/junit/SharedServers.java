package dev.latchkey.junit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/**
 * The servers of this run, one for each set of settings, until the JVM ends.
 */
final class SharedServers {

	private static final Map<List<String>, LatchkeyServer> STARTED = new ConcurrentHashMap<>();

	private SharedServers() {
	}

	/**
	 * Returns whether the class wants one.
	 */
	static boolean isWanted(Class<?> test) {
		return annotation(test).isPresent();
	}

	/**
	 * Returns the server of the class.
	 */
	static LatchkeyServer of(Class<?> test) {
		List<String> settings = settings(test);
		return STARTED.computeIfAbsent(settings, (wanted) -> {
			LatchkeyServer server = LatchkeyServer.start(wanted.toArray(String[]::new));
			Runtime.getRuntime().addShutdownHook(new Thread(server::close, "latchkey-end"));
			return server;
		});
	}

	static List<String> settings(Class<?> test) {
		return annotation(test).getValue("settings", String[].class).map(List::of).orElse(List.of());
	}

	private static MergedAnnotation<WithLatchkey> annotation(Class<?> test) {
		return MergedAnnotations.search(SearchStrategy.TYPE_HIERARCHY)
			.withEnclosingClasses(ClassUtils::isInnerClass)
			.from(test)
			.get(WithLatchkey.class);
	}

}
