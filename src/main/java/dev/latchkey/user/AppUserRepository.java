package dev.latchkey.user;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.LockModeType;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.transaction.annotation.Transactional;

interface AppUserRepository extends JpaRepository<AppUser, UUID> {

	@Query("from AppUser where lower(email) = lower(:email)")
	Optional<AppUser> findByEmail(String email);

	@Lock(LockModeType.PESSIMISTIC_READ)
	@Query("from AppUser where id = :id")
	Optional<AppUser> share(UUID id);

	@Query("from AppUser where lower(email) like lower(:pattern) escape '\\' "
			+ "or lower(name) like lower(:pattern) escape '\\' order by lower(email), id")
	Page<AppUser> search(String pattern, Pageable page);

	/**
	 * Touches nothing else: the account may have been changed while the hash was made.
	 */
	@Transactional
	@Modifying
	@Query("update AppUser set passwordHash = :hash where id = :id and passwordHash = :before")
	void replaceHash(UUID id, String before, String hash);

	/**
	 * Locks every enabled administrator in one order, so that of two changes that would
	 * each leave the other's account as the last one, the second sees the first.
	 */
	@NativeQuery("select * from app_user where enabled and roles ~ 'ADMIN|SUPERUSER' order by id for update")
	List<AppUser> lockEnabledAdmins();

}
