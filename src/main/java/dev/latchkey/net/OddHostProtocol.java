package dev.latchkey.net;

import java.nio.charset.StandardCharsets;
import java.time.Clock;

import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.MessageBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's HTTP/1.1, which takes names with an underscore: nginx sends the name of its
 * {@code upstream} as {@code Host}, and services in containers are often called so. What
 * is no name at all is refused as ever, before any code of ours, and named in the log.
 * What is refused for another reason says nothing about the name. All requests go through
 * {@link ProxiedPathAdapter}.
 */
public class OddHostProtocol extends Http11NioProtocol {

	private static final Logger log = LoggerFactory.getLogger(OddHostProtocol.class);

	private static final int MOST_SHOWN = 60;

	private final ToldHosts told = new ToldHosts(Clock.systemUTC());

	/**
	 * Is called by Tomcat.
	 */
	public OddHostProtocol() {
		// Tomcat makes it by its name.
	}

	@Override
	public void setAdapter(Adapter container) {
		super.setAdapter(new ProxiedPathAdapter(container));
	}

	@Override
	protected Processor createProcessor() {
		return new OddHostProcessor(this, getAdapter());
	}

	private void warnOf(String host) {
		String shown = host.replaceAll("[^!-~]", "?");
		if (shown.length() > MOST_SHOWN) {
			shown = shown.substring(0, MOST_SHOWN) + "...";
		}
		if (this.told.isNew(shown)) {
			log.warn("Requests with \"Host: {}\" are answered with 400, since that is no name. A proxy should pass on "
					+ "the client's, in nginx by \"proxy_set_header Host $http_host;\".", shown);
		}
	}

	private static final class OddHostProcessor extends Http11Processor {

		private final OddHostProtocol protocol;

		private OddHostProcessor(OddHostProtocol protocol, Adapter adapter) {
			super(protocol, adapter);
			this.protocol = protocol;
		}

		/** Checked is the name with a letter in the place of each underscore. */
		@Override
		protected void parseHost(MessageBytes host) {
			boolean refused = getErrorState().isError();
			String name = (host != null && !host.isNull()) ? host.toString() : "";
			if (name.indexOf('_') < 0) {
				super.parseHost(host);
			}
			else {
				byte[] plain = name.replace('_', 'x').getBytes(StandardCharsets.ISO_8859_1);
				MessageBytes checked = MessageBytes.newInstance();
				checked.setBytes(plain, 0, plain.length);
				super.parseHost(checked);
				this.request.serverName().setString(name.replaceFirst(":[0-9]*$", ""));
			}
			if (!refused && getErrorState().isError()) {
				this.protocol.warnOf(name);
			}
		}

	}

}
