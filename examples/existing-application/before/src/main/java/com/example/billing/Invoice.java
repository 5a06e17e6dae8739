package com.example.billing;

import java.math.BigDecimal;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

@Entity
class Invoice {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private String owner;

	private String customer;

	private BigDecimal amount;

	protected Invoice() {
	}

	Invoice(String owner, String customer, BigDecimal amount) {
		this.owner = owner;
		this.customer = customer;
		this.amount = amount;
	}

	public Long getId() {
		return this.id;
	}

	public String getCustomer() {
		return this.customer;
	}

	public BigDecimal getAmount() {
		return this.amount;
	}

}
