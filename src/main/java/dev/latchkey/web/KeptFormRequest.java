package dev.latchkey.web;

import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.WebUtils;

/**
 * A request for the page of a form that had been sent when the password was asked for,
 * with the fields as they were sent among its parameters.
 */
public class KeptFormRequest extends HttpServletRequestWrapper {

	/**
	 * The attribute of a request with a form that is the address of the page where the
	 * form stands, if that is another.
	 */
	public static final String PAGE = KeptFormRequest.class.getName() + ".PAGE";

	private final Map<String, String[]> fields;

	private final Map<String, String[]> parameters;

	/**
	 * Puts fields into a request.
	 * @param request the request for the page
	 * @param fields the fields, by their names
	 */
	public KeptFormRequest(HttpServletRequest request, Map<String, String[]> fields) {
		super(request);
		this.fields = Map.copyOf(fields);
		Map<String, String[]> all = new HashMap<>(request.getParameterMap());
		all.putAll(fields);
		this.parameters = Collections.unmodifiableMap(all);
	}

	/**
	 * Returns the fields that stand in a request, or null where none were kept for it.
	 */
	public static @Nullable Map<String, String[]> fields(HttpServletRequest request) {
		KeptFormRequest kept = WebUtils.getNativeRequest(request, KeptFormRequest.class);
		return (kept != null) ? kept.fields : null;
	}

	@Override
	public @Nullable String getParameter(String name) {
		String[] values = this.parameters.get(name);
		return (values != null && values.length > 0) ? values[0] : null;
	}

	@Override
	public Map<String, String[]> getParameterMap() {
		return this.parameters;
	}

	@Override
	public Enumeration<String> getParameterNames() {
		return Collections.enumeration(this.parameters.keySet());
	}

	@Override
	public String @Nullable [] getParameterValues(String name) {
		return this.parameters.get(name);
	}

}
