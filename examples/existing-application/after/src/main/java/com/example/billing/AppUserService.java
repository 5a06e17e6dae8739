package com.example.billing;

import java.util.List;

import dev.latchkey.embedded.OwnerChanged;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Sort;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class AppUserService implements UserDetailsService {

	private final AppUserRepository users;

	private final ApplicationEventPublisher events;

	AppUserService(AppUserRepository users, ApplicationEventPublisher events) {
		this.users = users;
		this.events = events;
	}

	List<AppUser> all() {
		return this.users.findAll(Sort.by("email"));
	}

	@Transactional
	public void enable(long id, boolean enabled) {
		this.users.findById(id).orElseThrow().setEnabled(enabled);
		this.events.publishEvent(OwnerChanged.of(String.valueOf(id)));
	}

	@Override
	public UserDetails loadUserByUsername(String email) {
		return this.users.findByEmail(email)
			.map(AppUserService::details)
			.orElseThrow(() -> new UsernameNotFoundException("There is no such user"));
	}

	static UserDetails details(AppUser user) {
		return User.withUsername(user.getEmail())
			.password(user.getPassword())
			.roles(user.getRole())
			.disabled(!user.isEnabled())
			.build();
	}

}
