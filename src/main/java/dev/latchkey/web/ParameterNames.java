package dev.latchkey.web;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Says under which name a handler asks for a parameter of a query or a form.
 */
final class ParameterNames {

	private ParameterNames() {
	}

	static String of(MethodParameter parameter, RequestParam annotation) {
		if (StringUtils.hasText(annotation.name())) {
			return annotation.name();
		}
		parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
		return String.valueOf(parameter.getParameterName());
	}

}
