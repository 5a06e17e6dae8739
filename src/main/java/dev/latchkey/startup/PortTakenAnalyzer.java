package dev.latchkey.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Names the setting behind the port: the server has two, and the operator may not know of
 * the second.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class PortTakenAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

	private final Environment environment;

	PortTakenAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
		String setting = isPortOf("management.server.port", cause) ? "management.server.port" : "server.port";
		return new FailureAnalysis(line(cause.getPort(), setting), null, cause);
	}

	static String line(int port, String setting) {
		return "Port %d is already in use. Stop what listens there, or choose another port with --%s=<port>."
			.formatted(port, setting);
	}

	private boolean isPortOf(String setting, PortInUseException cause) {
		return String.valueOf(cause.getPort()).equals(this.environment.getProperty(setting))
				&& !String.valueOf(cause.getPort()).equals(this.environment.getProperty("server.port"));
	}

}
