package dev.latchkey.security;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Lets admitted origins read what the container refuses by itself, before any filter sees
 * it: such an answer has its status when it comes here, and whoever writes its body comes
 * later.
 */
@Component
class EarlyRefusals implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

	private final ApiCors cors;

	EarlyRefusals(ApiCors cors) {
		this.cors = cors;
	}

	@Override
	public void customize(ConfigurableTomcatWebServerFactory factory) {
		factory
			.addContextCustomizers((context) -> context.getParent().getPipeline().addValve(new OriginValve(this.cors)));
	}

	private static final class OriginValve extends ValveBase {

		private static final int FIRST_REFUSAL = 400;

		private final ApiCors cors;

		private OriginValve(ApiCors cors) {
			super(true);
			this.cors = cors;
		}

		@Override
		public void invoke(Request request, Response response) throws IOException, ServletException {
			if (response.getStatus() >= FIRST_REFUSAL && !request.getCoyoteRequest().requestURI().isNull()) {
				this.cors.admitToRefusal(request.getCoyoteRequest().requestURI().toString(), request, response);
			}
			getNext().invoke(request, response);
		}

	}

}
