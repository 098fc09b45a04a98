"""The collecting office: monthly packages in, a lake of protected figures, reports and exports out. No vault, no Qt."""
