package com.example.billing;

import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

interface InvoiceRepository extends JpaRepository<Invoice, Long> {

	List<Invoice> findByOwnerOrderById(String owner);

}
