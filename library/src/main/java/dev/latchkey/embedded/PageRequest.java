package dev.latchkey.embedded;

import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request as the server's pages see it. All that stands before their paths is the
 * application to them, so that they lead to each other there; and what is noted in it
 * while one is written, the application does not see: the view of its layout would take
 * it for its own. Nor do the pages see what the application has noted under a plain name,
 * as theirs have.
 */
final class PageRequest extends HttpServletRequestWrapper {

	/** Who acts, for the audit: that is for others, too. */
	private static final String OURS = "dev.latchkey.";

	private static final Object NOTHING = new Object();

	private final String base;

	private final Map<String, Object> noted = new HashMap<>();

	PageRequest(HttpServletRequest request, String base) {
		super(request);
		this.base = base;
	}

	@Override
	public String getContextPath() {
		return this.base;
	}

	@Override
	public String getServletPath() {
		return "";
	}

	@Override
	public @Nullable Object getAttribute(String name) {
		Object own = this.noted.get(name);
		if (own == null) {
			return isPlain(name) ? null : super.getAttribute(name);
		}
		return (own != NOTHING) ? own : null;
	}

	@Override
	public Enumeration<String> getAttributeNames() {
		Set<String> names = new LinkedHashSet<>(Collections.list(super.getAttributeNames()));
		names.addAll(this.noted.keySet());
		names.removeIf((name) -> getAttribute(name) == null);
		return Collections.enumeration(names);
	}

	@Override
	public void setAttribute(String name, @Nullable Object value) {
		if (name.startsWith(OURS)) {
			super.setAttribute(name, value);
		}
		else {
			this.noted.put(name, (value != null) ? value : NOTHING);
		}
	}

	/** As variables of templates are called. */
	private static boolean isPlain(String name) {
		return name.indexOf('.') < 0;
	}

	@Override
	public void removeAttribute(String name) {
		setAttribute(name, null);
	}

}
