"""Turn docutils trees and placed drawings into tagged, archival PDF."""
